// mistake: publish wakes tasks with the lock in its hand
// killed by: nothing_of_others_runs_under_the_lock
// says: waker one is woken
// region: publish
        let mut state = self.monitor.lock();
        state.version += 1;
        let version = state.version;
        let old = std::mem::replace(&mut state.value, Arc::new(value));
        let wakers = std::mem::take(&mut state.wakers);
        self.monitor.wake_all();
        for waker in wakers.into_values() {
            waker.wake();
        }
        drop(state);
        drop(old);
        version
