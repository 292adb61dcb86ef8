// mistake: poll looks under one lock and leaves its waker under another
// killed by: nothing_may_come_between_looking_and_leaving_the_waker
// says: Look, and leave the waker, under one lock
// region: poll
        let state = self.board.monitor.lock();
        if state.version > self.version {
            return Poll::Ready((state.version, Arc::clone(&state.value)));
        }
        drop(state);
        let mut state = self.board.monitor.lock();
        let old = state.wakers.insert(self.ticket, waker);
        drop(state);
        drop(old);
        Poll::Pending
