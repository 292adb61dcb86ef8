// mistake: publish drops the old value while it holds the lock
// killed by: an_old_value_is_dropped_when_the_lock_is_open
// says: An old value was dropped while the lock was held
// region: publish
        let mut state = self.monitor.lock();
        state.version += 1;
        let version = state.version;
        state.value = Arc::new(value);
        let wakers = std::mem::take(&mut state.wakers);
        drop(state);
        self.monitor.wake_all();
        for waker in wakers.into_values() {
            waker.wake();
        }
        version
