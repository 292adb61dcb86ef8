// mistake: when the old entry cannot be taken out, nobody has the new one
// killed by: an_old_entry_that_stays_is_reported
// says: somebody has to take it out one day
// region: replace
        let id = self.directory.enter(&self.service, &endpoint)?;
        self.directory.take_out(self.id())?;
        *self.lock() = Entry { id, endpoint };
        Ok(())
