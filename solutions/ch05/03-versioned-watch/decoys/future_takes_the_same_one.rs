// mistake: a future takes the version that was seen
// killed by: a_future_looks_first
// says: Version 1 is not newer than version 1
// region: poll
        let mut state = self.board.monitor.lock();
        if state.version >= self.version {
            return Poll::Ready((state.version, Arc::clone(&state.value)));
        }
        let old = state.wakers.insert(self.ticket, waker);
        drop(state);
        drop(old);
        Poll::Pending
