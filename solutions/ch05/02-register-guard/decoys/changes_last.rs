// mistake: the guard has the old entry until that is taken out
// killed by: of_two_replacements_at_once_one_is_left
// says: somebody was there in between
// region: replace
        let id = self.directory.enter(&self.service, &endpoint)?;
        let result = self.directory.take_out(self.id());
        *self.lock() = Entry { id, endpoint };
        result
