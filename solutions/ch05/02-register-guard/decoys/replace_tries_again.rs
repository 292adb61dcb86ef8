// mistake: a replacement that was refused is tried once more
// killed by: a_refused_replacement_changes_nothing
// says: was refused
// region: replace
        let entered = self.directory.enter(&self.service, &endpoint);
        let id = entered.or_else(|_| self.directory.enter(&self.service, &endpoint))?;
        let old = std::mem::replace(&mut *self.lock(), Entry { id, endpoint });
        self.directory.take_out(old.id)
