// mistake: publish wakes tasks and no threads
// killed by: all_who_sleep_are_woken
// says: neither `wake_all` nor `wake_one`
// region: publish
        let mut state = self.monitor.lock();
        state.version += 1;
        let version = state.version;
        let old = std::mem::replace(&mut state.value, Arc::new(value));
        let wakers = std::mem::take(&mut state.wakers);
        drop(state);
        drop(old);
        for waker in wakers.into_values() {
            waker.wake();
        }
        version
