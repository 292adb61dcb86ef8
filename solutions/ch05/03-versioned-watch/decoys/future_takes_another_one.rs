// mistake: a future takes any other version for a newer one
// killed by: a_future_looks_first
// says: Version 1 is not newer than version 9
// region: poll
        let mut state = self.board.monitor.lock();
        if state.version != self.version {
            return Poll::Ready((state.version, Arc::clone(&state.value)));
        }
        let old = state.wakers.insert(self.ticket, waker);
        drop(state);
        drop(old);
        Poll::Pending
