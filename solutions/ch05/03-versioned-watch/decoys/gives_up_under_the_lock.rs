// mistake: a future that is dropped drops its waker while it holds the lock
// killed by: nothing_of_others_runs_under_the_lock
// says: is dropped
// region: give_up
        let _ = self.board.monitor.lock().wakers.remove(&self.ticket);
