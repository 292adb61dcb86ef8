// mistake: all futures leave their waker at one place
// killed by: every_future_is_woken
// says: Each future has a ticket of its own
// region: poll
        let mut state = self.board.monitor.lock();
        if state.version > self.version {
            return Poll::Ready((state.version, Arc::clone(&state.value)));
        }
        let old = state.wakers.insert(0, waker);
        drop(state);
        drop(old);
        Poll::Pending
// region: give_up
        let _ = self.ticket;
