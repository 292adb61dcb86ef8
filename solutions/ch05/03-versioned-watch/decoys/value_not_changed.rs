// mistake: publish counts and forgets the value
// killed by: versions_count_what_was_published
// says: The board does not show what was published
// region: publish
        let mut state = self.monitor.lock();
        state.version += 1;
        let version = state.version;
        let old = value;
        let wakers = std::mem::take(&mut state.wakers);
        drop(state);
        drop(old);
        self.monitor.wake_all();
        for waker in wakers.into_values() {
            waker.wake();
        }
        version
