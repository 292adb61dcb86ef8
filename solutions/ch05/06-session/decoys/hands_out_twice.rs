// mistake: leaves in the queue what it has handed out
// killed by: work_is_given_out_once
// says: is not given out again
// region: next
        let Some((ticket, item)) = self.first() else { return Todo::Rest(None) };
        if item.due > Some(now) {
            return Todo::Rest(item.due);
        }
        match (&item.lease, item.wanted) {
            (None, _) => Todo::Register(ticket),
            (Some(lease), true) => Todo::Renew(ticket, lease.clone()),
            (Some(lease), false) => Todo::Deregister(ticket, lease.clone()),
        }
