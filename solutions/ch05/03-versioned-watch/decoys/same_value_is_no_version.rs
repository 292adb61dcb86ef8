// mistake: publishing counts only while nobody has the last value in hand
// killed by: versions_count_what_was_published
// says: The board does not show what was published
// region: publish
        let mut state = self.monitor.lock();
        if Arc::strong_count(&state.value) > 1 {
            state.version += 1;
        }
        let version = state.version;
        let old = std::mem::replace(&mut state.value, Arc::new(value));
        let wakers = std::mem::take(&mut state.wakers);
        drop(state);
        drop(old);
        self.monitor.wake_all();
        for waker in wakers.into_values() {
            waker.wake();
        }
        version
