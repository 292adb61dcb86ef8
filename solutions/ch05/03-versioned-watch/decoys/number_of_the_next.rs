// mistake: gives the newest value with the number of the next version
// killed by: the_newest_one_is_given
// says: With an older number the caller asks for the same again
// region: wait_newer
        let mut state = self.monitor.lock();
        let mut woken = Woken::Rung;
        loop {
            if state.version > version {
                return Some((version + 1, Arc::clone(&state.value)));
            }
            if woken == Woken::TimeUp {
                return None;
            }
            (state, woken) = self.monitor.wait_until(state, end);
        }
