// mistake: asks the guard for its id with the lock in hand
// killed by: a_replacement_leaves_no_gap
// says: Does one function take its lock twice?
// region: replace
        let id = self.directory.enter(&self.service, &endpoint)?;
        let mut entry = self.lock();
        let old = self.id();
        *entry = Entry { id, endpoint };
        drop(entry);
        self.directory.take_out(old)
