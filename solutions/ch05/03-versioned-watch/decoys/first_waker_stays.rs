// mistake: a future leaves its waker once
// killed by: the_last_waker_counts
// says: The last one counts
// region: poll
        let mut state = self.board.monitor.lock();
        if state.version > self.version {
            return Poll::Ready((state.version, Arc::clone(&state.value)));
        }
        state.wakers.entry(self.ticket).or_insert_with(|| waker.clone());
        drop(state);
        Poll::Pending
