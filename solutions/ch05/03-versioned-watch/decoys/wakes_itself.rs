// mistake: says Pending and wakes its own task at once
// killed by: a_future_is_woken_when_there_is_something_new
// says: The task was woken, and nothing has changed
// region: poll
        let mut state = self.board.monitor.lock();
        if state.version > self.version {
            return Poll::Ready((state.version, Arc::clone(&state.value)));
        }
        drop(state);
        waker.wake();
        Poll::Pending
