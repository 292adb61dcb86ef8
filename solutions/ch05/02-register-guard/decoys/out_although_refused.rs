// mistake: replace takes the old entry out, also when the new one was refused
// killed by: a_refused_replacement_changes_nothing
// says: The old one is still true
// region: replace
        match self.directory.enter(&self.service, &endpoint) {
            Ok(id) => {
                let old = std::mem::replace(&mut *self.lock(), Entry { id, endpoint });
                self.directory.take_out(old.id)
            }
            Err(error) => {
                let _ = self.directory.take_out(self.id());
                Err(error)
            }
        }
