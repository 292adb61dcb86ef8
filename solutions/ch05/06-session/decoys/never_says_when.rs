// mistake: rests without saying until when
// killed by: what_is_wanted_is_registered_and_renewed
// says: The agenda rests, and for the wrong time
// region: next
        let Some((ticket, item)) = self.first() else { return Todo::Rest(None) };
        if item.due > Some(now) {
            return Todo::Rest(None);
        }
        item.due = None;
        match (&item.lease, item.wanted) {
            (None, _) => Todo::Register(ticket),
            (Some(lease), true) => Todo::Renew(ticket, lease.clone()),
            (Some(lease), false) => Todo::Deregister(ticket, lease.clone()),
        }
