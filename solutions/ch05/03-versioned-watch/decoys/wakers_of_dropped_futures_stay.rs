// mistake: a future that is dropped leaves its waker behind
// killed by: a_future_that_is_dropped_leaves_nothing
// says: collects the wakers of a day
// region: give_up
        let _ = self.ticket;
