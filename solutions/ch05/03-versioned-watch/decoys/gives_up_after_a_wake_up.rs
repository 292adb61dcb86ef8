// mistake: gives up when it was woken for nothing
// killed by: a_wake_up_for_nothing_is_slept_over
// says: It is a loop
// region: wait_newer
        let mut state = self.monitor.lock();
        if state.version <= version {
            (state, _) = self.monitor.wait_until(state, end);
        }
        (state.version > version).then(|| (state.version, Arc::clone(&state.value)))
