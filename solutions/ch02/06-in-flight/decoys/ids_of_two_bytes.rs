// mistake: counts ids in two bytes
// killed by: ids_have_eight_bytes
// says: all its eight bytes
// region: insert
        if self.waiting.len() >= self.capacity {
            return Err(TooManyInFlight { capacity: self.capacity, waiter });
        }
        self.last_id = u64::from((self.last_id as u16).wrapping_add(1));
        self.waiting.insert(self.last_id, waiter);
        Ok(self.last_id)
