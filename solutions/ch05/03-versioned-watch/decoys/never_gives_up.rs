// mistake: sleeps on when its time is up
// killed by: when_the_time_is_up_there_is_nothing_newer
// says: Did `wait_until` say that the time is up?
// region: wait_newer
        let mut state = self.monitor.lock();
        loop {
            if state.version > version {
                return Some((state.version, Arc::clone(&state.value)));
            }
            (state, _) = self.monitor.wait_until(state, end);
        }
