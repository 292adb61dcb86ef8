// mistake: publish wakes one task
// killed by: every_future_is_woken
// says: not all of them hear of it
// region: publish
        let mut state = self.monitor.lock();
        state.version += 1;
        let version = state.version;
        let old = std::mem::replace(&mut state.value, Arc::new(value));
        let wakers = std::mem::take(&mut state.wakers);
        drop(state);
        drop(old);
        self.monitor.wake_all();
        for waker in wakers.into_values().take(1) {
            waker.wake();
        }
        version
