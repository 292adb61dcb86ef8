// mistake: publish wakes the tasks first, and changes the value then
// killed by: who_is_woken_finds_what_is_new
// says: A task was woken, looked, and found nothing new
// region: publish
        let mut state = self.monitor.lock();
        let wakers = std::mem::take(&mut state.wakers);
        drop(state);
        for waker in wakers.into_values() {
            waker.wake();
        }
        let mut state = self.monitor.lock();
        state.version += 1;
        let version = state.version;
        let old = std::mem::replace(&mut state.value, Arc::new(value));
        drop(state);
        drop(old);
        self.monitor.wake_all();
        version
