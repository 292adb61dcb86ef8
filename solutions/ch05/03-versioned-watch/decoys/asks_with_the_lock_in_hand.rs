// mistake: asks for what is there with the lock in its hand
// killed by: what_came_before_is_not_lost
// says: What `lock()` gave is still there when you lock once more
// region: wait_newer
        let mut state = self.monitor.lock();
        let mut woken = Woken::Rung;
        loop {
            if state.version > version {
                return Some(self.current());
            }
            if woken == Woken::TimeUp {
                return None;
            }
            (state, woken) = self.monitor.wait_until(state, end);
        }
