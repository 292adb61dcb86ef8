// mistake: replace enters the new one and leaves the old one to its lease
// killed by: a_replacement_leaves_no_gap
// says: The provider has changed what it says about itself
// region: replace
        let id = self.directory.enter(&self.service, &endpoint)?;
        *self.lock() = Entry { id, endpoint };
        Ok(())
