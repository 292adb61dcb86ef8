// mistake: a future that is dropped takes the oldest waker along
// killed by: a_future_that_is_dropped_leaves_nothing
// says: and nobody else's
// region: give_up
        let first = self.board.monitor.lock().wakers.pop_first();
        drop(first);
