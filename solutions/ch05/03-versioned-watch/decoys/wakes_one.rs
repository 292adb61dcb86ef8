// mistake: publish wakes one thread
// killed by: all_who_sleep_are_woken
// says: If one is woken, the others sleep on
// region: publish
        let mut state = self.monitor.lock();
        state.version += 1;
        let version = state.version;
        let old = std::mem::replace(&mut state.value, Arc::new(value));
        let wakers = std::mem::take(&mut state.wakers);
        drop(state);
        drop(old);
        self.monitor.wake_one();
        for waker in wakers.into_values() {
            waker.wake();
        }
        version
