// mistake: waits for a day, whatever was asked
// killed by: all_sleeps_end_at_the_same_moment
// says: The time is that of the whole call
// region: wait_newer
        let mut state = self.monitor.lock();
        let mut woken = Woken::Rung;
        loop {
            if state.version > version {
                return Some((state.version, Arc::clone(&state.value)));
            }
            if woken == Woken::TimeUp {
                return None;
            }
            (state, woken) = self.monitor.wait_until(state, end + LONGEST_WAIT);
        }
