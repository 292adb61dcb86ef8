// mistake: each poll leaves one more waker, under a ticket of its own
// killed by: the_last_waker_counts
// says: takes the place of the one before
// region: poll
        let mut state = self.board.monitor.lock();
        if state.version > self.version {
            return Poll::Ready((state.version, Arc::clone(&state.value)));
        }
        let old = {
            state.last += 1;
            let ticket = state.last;
            state.wakers.insert(ticket, waker)
        };
        drop(state);
        drop(old);
        Poll::Pending
