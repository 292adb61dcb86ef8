// mistake: counts before it looks for room
// killed by: a_full_table_gives_the_waiter_back
// says: refused have used up no id
// region: insert
        self.last_id += 1;
        if self.waiting.len() >= self.capacity {
            return Err(TooManyInFlight { capacity: self.capacity, waiter });
        }
        self.waiting.insert(self.last_id, waiter);
        Ok(self.last_id)
