// mistake: takes the id of a caller who gave up back, if it was the last
// killed by: a_late_reply_never_reaches_the_next_caller
// says: an id is never used again
// region: give_up
        self.last_id -= u64::from(id == self.last_id && self.waiting.contains_key(&id));
        self.waiting.remove(&id)
