// mistake: gives out one more than the highest id that waits
// killed by: a_late_reply_never_reaches_the_next_caller
// says: an id is never used again
// region: insert
        if self.waiting.len() >= self.capacity {
            return Err(TooManyInFlight { capacity: self.capacity, waiter });
        }
        self.last_id = self.waiting.last_key_value().map_or(1, |(id, _)| id + 1);
        self.waiting.insert(self.last_id, waiter);
        Ok(self.last_id)
