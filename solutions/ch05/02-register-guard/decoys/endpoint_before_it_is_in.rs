// mistake: the guard has the new endpoint before the directory has said yes
// killed by: a_refused_replacement_changes_nothing
// says: What was not entered is not listed
// region: replace
        self.lock().endpoint = endpoint.clone();
        let id = self.directory.enter(&self.service, &endpoint)?;
        let old = std::mem::replace(&mut *self.lock(), Entry { id, endpoint });
        self.directory.take_out(old.id)
