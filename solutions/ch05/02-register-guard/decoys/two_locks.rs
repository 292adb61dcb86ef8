// mistake: looks under one lock, and changes under the next
// killed by: of_two_replacements_at_once_one_is_left
// says: when each of the two takes the lock for itself
// region: replace
        let id = self.directory.enter(&self.service, &endpoint)?;
        let old = self.id();
        *self.lock() = Entry { id, endpoint };
        self.directory.take_out(old)
