// mistake: says Pending and leaves no waker
// killed by: a_future_is_woken_when_there_is_something_new
// says: Who answers Pending has to leave a waker behind
// region: poll
        let mut state = self.board.monitor.lock();
        if state.version > self.version {
            return Poll::Ready((state.version, Arc::clone(&state.value)));
        }
        drop(state);
        drop(waker);
        Poll::Pending
