// mistake: publish puts the value there and does not count
// killed by: versions_count_what_was_published
// says: The board does not show what was published
// region: publish
        let mut state = self.monitor.lock();
        let version = state.version;
        let old = std::mem::replace(&mut state.value, Arc::new(value));
        let wakers = std::mem::take(&mut state.wakers);
        drop(state);
        drop(old);
        self.monitor.wake_all();
        for waker in wakers.into_values() {
            waker.wake();
        }
        version
