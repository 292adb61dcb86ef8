// mistake: gives the value that was there when it began to wait
// killed by: the_newest_one_is_given
// says: What counts is what is there when it looks
// region: wait_newer
        let mut state = self.monitor.lock();
        let mut woken = Woken::Rung;
        let value = Arc::clone(&state.value);
        let began = state.version;
        loop {
            if state.version > version {
                let value = if state.version > began + 1 { &value } else { &state.value };
                return Some((state.version, Arc::clone(value)));
            }
            if woken == Woken::TimeUp {
                return None;
            }
            (state, woken) = self.monitor.wait_until(state, end);
        }
