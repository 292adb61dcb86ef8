// mistake: locks again while it holds the lock
// killed by: calls_go_to_the_target_of_the_moment
// says: a lock that it holds itself
// region: replace
        let old = self.lock();
        let gone = Arc::clone(&old);
        *self.lock() = target;
        gone
