// mistake: asks whether the time is up before it looks
// killed by: when_the_time_is_up_there_is_nothing_newer
// says: A version came at the moment when the time was up
// region: wait_newer
        let mut state = self.monitor.lock();
        let mut woken = Woken::Rung;
        while woken == Woken::Rung {
            if state.version > version {
                return Some((state.version, Arc::clone(&state.value)));
            }
            (state, woken) = self.monitor.wait_until(state, end);
        }
        None
