// mistake: counts a caller who gave up too late as a late reply
// killed by: giving_up_frees_the_place_at_once
// says: counts the replies that nobody waited for
// region: give_up
        let waiter = self.waiting.remove(&id);
        self.late += u64::from(waiter.is_none());
        waiter
