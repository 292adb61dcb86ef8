// mistake: replace changes the guard first, and takes out what is in it then
// killed by: a_replacement_leaves_no_gap
// says: The provider has changed what it says about itself
// region: replace
        let id = self.directory.enter(&self.service, &endpoint)?;
        *self.lock() = Entry { id, endpoint };
        self.directory.take_out(self.id())
