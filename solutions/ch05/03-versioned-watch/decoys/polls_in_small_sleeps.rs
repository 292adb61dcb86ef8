// mistake: wakes up again and again by itself to look
// killed by: all_sleeps_end_at_the_same_moment
// says: give it to every sleep as it is
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
            let soon = end.min(Instant::now() + Duration::from_millis(10));
            (state, woken) = self.monitor.wait_until(state, soon);
            if Instant::now() < end {
                woken = Woken::Rung;
            }
        }
