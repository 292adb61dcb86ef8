// mistake: publish rings first, and changes the value then
// killed by: who_is_woken_finds_what_is_new
// says: A thread was woken, looked, and found nothing new
// region: publish
        self.monitor.wake_all();
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
