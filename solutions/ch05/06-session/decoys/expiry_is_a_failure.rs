// mistake: waits after an expiry as after a failure
// killed by: after_an_expiry_it_is_registered_at_once
// says: It is registered again, at once
// region: gone
        item.lease = None;
        match item.wanted {
            true => item.due = Some(now + FIRST),
            false => _ = self.items.remove(&ticket),
        }
