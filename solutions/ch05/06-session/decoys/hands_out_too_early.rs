// mistake: does not look at the clock
// killed by: what_is_wanted_is_registered_and_renewed
// says: There is nothing to do yet
// region: next
        let Some((ticket, item)) = self.first() else { return Todo::Rest(None) };
        item.due = None;
        match (&item.lease, item.wanted) {
            (None, _) => Todo::Register(ticket),
            (Some(lease), true) => Todo::Renew(ticket, lease.clone()),
            (Some(lease), false) => Todo::Deregister(ticket, lease.clone()),
        }
