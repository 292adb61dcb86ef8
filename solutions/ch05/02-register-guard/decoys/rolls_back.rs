// mistake: when the old entry cannot be taken out, the new one is taken out again
// killed by: an_old_entry_that_stays_is_reported
// says: the old one could not be taken out
// region: replace
        let id = self.directory.enter(&self.service, &endpoint)?;
        let old = self.id();
        if let Err(error) = self.directory.take_out(old) {
            let _ = self.directory.take_out(id);
            return Err(error);
        }
        *self.lock() = Entry { id, endpoint };
        Ok(())
