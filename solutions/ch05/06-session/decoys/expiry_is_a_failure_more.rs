// mistake: counts an expiry as a failure
// killed by: after_an_expiry_it_is_registered_at_once
// says: and the agenda rests
// region: gone
        item.attempts += 1;
        item.lease = None;
        match item.wanted {
            true => item.due = Some(now),
            false => _ = self.items.remove(&ticket),
        }
