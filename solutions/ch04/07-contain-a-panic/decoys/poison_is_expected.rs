// mistake: says that nobody panics with the lock in his hand
// killed by: the_calls_after_a_panic_go_on
// says: `PoisonError::into_inner` takes it
// region: lock
        self.state.lock().expect("nobody panics here")
