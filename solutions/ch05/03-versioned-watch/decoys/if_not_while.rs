// mistake: sleeps once, and gives what is there then
// killed by: a_wake_up_for_nothing_is_slept_over
// says: It is a loop
// region: wait_newer
        let mut state = self.monitor.lock();
        let mut woken = Woken::Rung;
        if state.version <= version {
            (state, woken) = self.monitor.wait_until(state, end);
        }
        (woken == Woken::Rung).then(|| (state.version, Arc::clone(&state.value)))
