// mistake: waits for another version, and not for a newer one
// killed by: what_is_not_newer_is_not_given
// says: Newer than 3 is 4 and above
// region: wait_newer
        let mut state = self.monitor.lock();
        let mut woken = Woken::Rung;
        loop {
            if state.version != version {
                return Some((state.version, Arc::clone(&state.value)));
            }
            if woken == Woken::TimeUp {
                return None;
            }
            (state, woken) = self.monitor.wait_until(state, end);
        }
