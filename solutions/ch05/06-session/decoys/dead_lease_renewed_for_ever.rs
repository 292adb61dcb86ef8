// mistake: tries the lease again that the registry does not know
// killed by: after_an_expiry_it_is_registered_at_once
// says: no renewal will ever bring it back
// region: gone
        match item.wanted {
            true => item.due = Some(now),
            false => _ = self.items.remove(&ticket),
        }
