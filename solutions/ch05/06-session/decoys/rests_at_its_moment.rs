// mistake: works a moment after it is due
// killed by: what_is_wanted_is_registered_and_renewed
// says: and the agenda rests
// region: next
        let Some((ticket, item)) = self.first() else { return Todo::Rest(None) };
        if item.due >= Some(now) {
            return Todo::Rest(item.due);
        }
        item.due = None;
        match (&item.lease, item.wanted) {
            (None, _) => Todo::Register(ticket),
            (Some(lease), true) => Todo::Renew(ticket, lease.clone()),
            (Some(lease), false) => Todo::Deregister(ticket, lease.clone()),
        }
