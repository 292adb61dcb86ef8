// mistake: makes room by throwing out whoever has waited longest
// killed by: a_full_table_gives_the_waiter_back
// says: those who wait already stay
// region: insert
        if self.waiting.len() >= self.capacity {
            self.waiting.pop_first();
        }
        self.last_id += 1;
        self.waiting.insert(self.last_id, waiter);
        Ok(self.last_id)
