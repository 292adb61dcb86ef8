// mistake: gives the version that the caller has seen
// killed by: who_waits_is_woken_by_the_next_one
// says: Version 1 is none; version 2 is
// region: wait_newer
        let mut state = self.monitor.lock();
        let mut woken = Woken::Rung;
        loop {
            if state.version >= version {
                return Some((state.version, Arc::clone(&state.value)));
            }
            if woken == Woken::TimeUp {
                return None;
            }
            (state, woken) = self.monitor.wait_until(state, end);
        }
