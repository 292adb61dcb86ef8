// mistake: replace takes the old entry out, then enters the new one
// killed by: a_replacement_leaves_no_gap
// says: For a moment nobody provided the service
// region: replace
        let out = self.directory.take_out(self.id());
        let id = self.directory.enter(&self.service, &endpoint)?;
        *self.lock() = Entry { id, endpoint };
        out
