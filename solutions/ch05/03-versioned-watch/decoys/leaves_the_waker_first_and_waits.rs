// mistake: leaves the waker and does not look
// killed by: a_future_looks_first
// says: Look before you leave the waker
// region: poll
        let mut state = self.board.monitor.lock();
        let first = !state.wakers.contains_key(&self.ticket);
        let old = state.wakers.insert(self.ticket, waker);
        let newer = state.version > self.version && !first;
        let seen = (state.version, Arc::clone(&state.value));
        drop(state);
        drop(old);
        if newer { Poll::Ready(seen) } else { Poll::Pending }
