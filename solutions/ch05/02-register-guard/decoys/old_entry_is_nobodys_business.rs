// mistake: says that all went well when the old entry is still there
// killed by: an_old_entry_that_stays_is_reported
// says: until then callers may call it
// region: replace
        let id = self.directory.enter(&self.service, &endpoint)?;
        let old = std::mem::replace(&mut *self.lock(), Entry { id, endpoint });
        let _ = self.directory.take_out(old.id);
        Ok(())
