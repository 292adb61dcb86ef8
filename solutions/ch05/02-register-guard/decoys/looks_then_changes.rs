// mistake: looks at the old entry before the new one is in, and changes it afterwards
// killed by: of_two_replacements_at_once_one_is_left
// says: somebody was there in between
// region: replace
        let old = self.id();
        let id = self.directory.enter(&self.service, &endpoint)?;
        *self.lock() = Entry { id, endpoint };
        self.directory.take_out(old)
