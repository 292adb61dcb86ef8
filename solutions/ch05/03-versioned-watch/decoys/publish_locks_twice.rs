// mistake: asks for the last version with the lock in hand
// killed by: versions_count_what_was_published
// says: opens the lock when it is dropped
// region: publish
        let mut state = self.monitor.lock();
        let version = self.current().0 + 1;
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
