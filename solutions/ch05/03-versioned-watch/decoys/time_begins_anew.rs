// mistake: its whole time begins anew with each wake-up
// killed by: all_sleeps_end_at_the_same_moment
// says: Its time begins anew with each wake-up
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
            (state, woken) = self.monitor.wait_until(state, moment(within).max(end));
        }
