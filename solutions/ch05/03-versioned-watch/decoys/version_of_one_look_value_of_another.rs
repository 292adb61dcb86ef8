// mistake: wait_newer gives the version of one look, and the value of a later one
// killed by: a_version_and_its_value_are_of_one_moment
// says: Who gets an old number with a new value asks for the same value again
// region: wait_newer
        let mut state = self.monitor.lock();
        let mut woken = Woken::Rung;
        loop {
            if state.version > version {
                let now = state.version;
                drop(state);
                return Some((now, self.current().1));
            }
            if woken == Woken::TimeUp {
                return None;
            }
            (state, woken) = self.monitor.wait_until(state, end);
        }
