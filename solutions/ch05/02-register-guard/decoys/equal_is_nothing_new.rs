// mistake: does nothing when the endpoint is the same
// killed by: the_same_endpoint_is_entered_anew
// says: The endpoint was replaced by one that is equal.
// region: replace
        if self.endpoint() == endpoint {
            return Ok(());
        }
        let id = self.directory.enter(&self.service, &endpoint)?;
        let old = std::mem::replace(&mut *self.lock(), Entry { id, endpoint });
        self.directory.take_out(old.id)
