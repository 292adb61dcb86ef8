// mistake: publish wakes by reference, and the wakers stay
// killed by: a_future_is_woken_when_there_is_something_new
// says: The task has got its answer long ago, and is woken again
// region: publish
        let mut state = self.monitor.lock();
        state.version += 1;
        let version = state.version;
        let old = std::mem::replace(&mut state.value, Arc::new(value));
        let wakers = state.wakers.clone();
        drop(state);
        drop(old);
        self.monitor.wake_all();
        for waker in wakers.into_values() {
            waker.wake();
        }
        version
