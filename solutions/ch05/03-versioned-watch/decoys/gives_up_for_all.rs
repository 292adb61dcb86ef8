// mistake: a future that is dropped takes all wakers along
// killed by: a_future_that_is_dropped_leaves_nothing
// says: and nobody else's
// region: give_up
        let wakers = std::mem::take(&mut self.board.monitor.lock().wakers);
        drop(wakers);
