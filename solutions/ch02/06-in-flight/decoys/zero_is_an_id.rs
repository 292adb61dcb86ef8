// mistake: begins with 0, which heartbeats have
// killed by: ids_count_from_one
// says: 0 belongs to the connection
// region: insert
        if self.waiting.len() >= self.capacity {
            return Err(TooManyInFlight { capacity: self.capacity, waiter });
        }
        let id = self.last_id;
        self.last_id += 1;
        self.waiting.insert(id, waiter);
        Ok(id)
