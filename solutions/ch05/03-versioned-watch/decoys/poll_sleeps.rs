// mistake: poll waits for a moment, with the whole thread
// killed by: a_future_is_woken_when_there_is_something_new
// says: a `poll` that sleeps, however briefly, holds all of them up
// region: poll
        if let Some(seen) = self.board.wait_newer(self.version, Duration::from_millis(1)) {
            return Poll::Ready(seen);
        }
        let old = self.board.monitor.lock().wakers.insert(self.ticket, waker);
        drop(old);
        Poll::Pending
