// mistake: sets the failures back when the registry says that it does not know
// killed by: gone_is_no_success
// says: and no success
// region: gone
        item.attempts = 0;
        item.lease = None;
        match item.wanted {
            true => item.due = Some(now),
            false => _ = self.items.remove(&ticket),
        }
