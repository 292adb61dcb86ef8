// mistake: gives back the new target instead of the old
// killed by: calls_go_to_the_target_of_the_moment
// says: the one that stood there before is given back
// region: replace
        *self.lock() = Arc::clone(&target);
        target
