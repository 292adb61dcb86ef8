// mistake: gives the lease away with the work
// killed by: a_disconnect_is_not_an_expiry
// says: Who registers anew is listed twice
// region: next
        let Some((ticket, item)) = self.first() else { return Todo::Rest(None) };
        if item.due > Some(now) {
            return Todo::Rest(item.due);
        }
        item.due = None;
        match (item.lease.take(), item.wanted) {
            (None, _) => Todo::Register(ticket),
            (Some(lease), true) => Todo::Renew(ticket, lease),
            (Some(lease), false) => Todo::Deregister(ticket, lease),
        }
