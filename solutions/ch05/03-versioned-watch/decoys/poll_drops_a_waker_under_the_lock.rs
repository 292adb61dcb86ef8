// mistake: poll drops the waker that it replaces while it holds the lock
// killed by: nothing_of_others_runs_under_the_lock
// says: waker two is dropped
// region: poll
        let mut state = self.board.monitor.lock();
        if state.version > self.version {
            return Poll::Ready((state.version, Arc::clone(&state.value)));
        }
        state.wakers.insert(self.ticket, waker);
        Poll::Pending
