// mistake: publish gives the version before
// killed by: versions_count_what_was_published
// says: `publish` gave another version than the one that it made
// region: publish
        let mut state = self.monitor.lock();
        state.version += 1;
        let version = state.version - 1;
        let old = std::mem::replace(&mut state.value, Arc::new(value));
        let wakers = std::mem::take(&mut state.wakers);
        drop(state);
        drop(old);
        self.monitor.wake_all();
        for waker in wakers.into_values() {
            waker.wake();
        }
        version
