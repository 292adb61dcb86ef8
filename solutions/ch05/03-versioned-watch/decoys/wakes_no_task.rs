// mistake: publish wakes threads and no tasks
// killed by: a_future_is_woken_when_there_is_something_new
// says: Something new is there, and the task sleeps on
// region: publish
        let mut state = self.monitor.lock();
        state.version += 1;
        let version = state.version;
        let old = std::mem::replace(&mut state.value, Arc::new(value));
        let wakers = std::mem::take(&mut state.wakers);
        drop(state);
        drop(old);
        self.monitor.wake_all();
        for waker in wakers.into_values() {
            drop(waker);
        }
        version
