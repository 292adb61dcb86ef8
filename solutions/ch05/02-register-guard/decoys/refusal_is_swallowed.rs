// mistake: a replacement that was refused looks as if it had gone well
// killed by: a_refused_replacement_changes_nothing
// says: Who asked has to hear of it
// region: replace
        let Ok(id) = self.directory.enter(&self.service, &endpoint) else { return Ok(()) };
        let old = std::mem::replace(&mut *self.lock(), Entry { id, endpoint });
        self.directory.take_out(old.id)
