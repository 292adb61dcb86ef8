// mistake: sleeps before it looks: what came before is lost
// killed by: what_came_before_is_not_lost
// says: It went to sleep, and what it waits for was there
// region: wait_newer
        let mut state = self.monitor.lock();
        let mut woken;
        (state, woken) = self.monitor.wait_until(state, end);
        loop {
            if state.version > version {
                return Some((state.version, Arc::clone(&state.value)));
            }
            if woken == Woken::TimeUp {
                return None;
            }
            (state, woken) = self.monitor.wait_until(state, end);
        }
