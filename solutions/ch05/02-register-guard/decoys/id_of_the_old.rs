// mistake: after a replacement the guard has the new endpoint and the old id
// killed by: a_replacement_leaves_no_gap
// says: the guard does not know of it
// region: replace
        let id = self.directory.enter(&self.service, &endpoint)?;
        self.lock().endpoint = endpoint;
        let _ = id;
        self.directory.take_out(self.id())
