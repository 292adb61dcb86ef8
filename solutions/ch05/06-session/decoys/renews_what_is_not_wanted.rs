// mistake: goes by the lease alone
// killed by: who_is_listed_is_taken_from_the_list_at_once
// says: It is time to deregister B
// region: next
        let Some((ticket, item)) = self.first() else { return Todo::Rest(None) };
        if item.due > Some(now) {
            return Todo::Rest(item.due);
        }
        item.due = None;
        match (&item.lease, item.wanted) {
            (None, _) => Todo::Register(ticket),
            (Some(lease), _) => Todo::Renew(ticket, lease.clone()),
        }
