// mistake: publish counts under one lock and changes the value under another
// killed by: no_version_is_given_twice
// says: is one step: under one lock
// region: publish
        let mut state = self.monitor.lock();
        state.version += 1;
        let version = state.version;
        drop(state);
        let mut state = self.monitor.lock();
        let old = std::mem::replace(&mut state.value, Arc::new(value));
        let wakers = std::mem::take(&mut state.wakers);
        drop(state);
        drop(old);
        self.monitor.wake_all();
        for waker in wakers.into_values() {
            waker.wake();
        }
        version
