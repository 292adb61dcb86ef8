// mistake: gives out the lowest id that is free
// killed by: a_late_reply_never_reaches_the_next_caller
// says: somebody else
// region: insert
        if self.waiting.len() >= self.capacity {
            return Err(TooManyInFlight { capacity: self.capacity, waiter });
        }
        self.last_id = (1..).find(|id| !self.waiting.contains_key(id)).unwrap_or(1);
        self.waiting.insert(self.last_id, waiter);
        Ok(self.last_id)
