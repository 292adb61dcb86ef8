// mistake: refuses the last one there is room for
// killed by: a_full_table_gives_the_waiter_back
// says: Only a full table refuses
// region: insert
        if self.waiting.len() + 1 >= self.capacity {
            return Err(TooManyInFlight { capacity: self.capacity, waiter });
        }
        self.last_id += 1;
        self.waiting.insert(self.last_id, waiter);
        Ok(self.last_id)
