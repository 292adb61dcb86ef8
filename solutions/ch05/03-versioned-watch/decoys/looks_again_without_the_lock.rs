// mistake: opens the lock, and asks anew for what it gives
// killed by: nothing_may_come_between_looking_and_sleeping
// says: look and sleep with one lock
// region: wait_newer
        let mut woken = Woken::Rung;
        loop {
            let (now, value) = self.current();
            if now > version {
                return Some((now, value));
            }
            if woken == Woken::TimeUp {
                return None;
            }
            let (state, why) = self.monitor.wait_until(self.monitor.lock(), end);
            drop(state);
            woken = why;
        }
