// mistake: a wait of no time gives None without a look
// killed by: what_came_before_is_not_lost
// says: A change that came before the waiting was lost
// region: wait_newer
        if within.is_zero() {
            return None;
        }
        let mut state = self.monitor.lock();
        let mut woken = Woken::Rung;
        loop {
            if state.version > version {
                return Some((state.version, Arc::clone(&state.value)));
            }
            if woken == Woken::TimeUp {
                return None;
            }
            (state, woken) = self.monitor.wait_until(state, end);
        }
