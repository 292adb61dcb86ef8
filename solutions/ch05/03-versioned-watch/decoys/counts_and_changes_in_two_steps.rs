// mistake: publish reads the version under one lock and writes it under another
// killed by: no_version_is_given_twice
// says: is one step: under one lock
// region: publish
        let version = self.monitor.lock().version + 1;
        let mut state = self.monitor.lock();
        state.version = version;
        let old = std::mem::replace(&mut state.value, Arc::new(value));
        let wakers = std::mem::take(&mut state.wakers);
        drop(state);
        drop(old);
        self.monitor.wake_all();
        for waker in wakers.into_values() {
            waker.wake();
        }
        version
