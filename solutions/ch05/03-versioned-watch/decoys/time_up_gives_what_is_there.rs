// mistake: when the time is up it gives what is there
// killed by: when_the_time_is_up_there_is_nothing_newer
// says: What the caller has seen already is not given once more
// region: wait_newer
        let mut state = self.monitor.lock();
        let mut woken = Woken::Rung;
        loop {
            if state.version > version {
                return Some((state.version, Arc::clone(&state.value)));
            }
            if woken == Woken::TimeUp {
                return Some((state.version, Arc::clone(&state.value)));
            }
            (state, woken) = self.monitor.wait_until(state, end);
        }
