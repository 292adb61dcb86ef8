// mistake: gives back who is there, and does not put the new one in
// killed by: calls_go_to_the_target_of_the_moment
// says: b is called once
// region: replace
        let _ = target;
        Arc::clone(&self.lock())
