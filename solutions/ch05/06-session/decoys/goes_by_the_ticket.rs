// mistake: of all whose turn has come it takes the one that was wanted first
// killed by: whose_turn_has_come_first_is_first
// says: Whose turn has come first is first
// region: next
        let earliest = self.items.values().filter_map(|item| item.due).min();
        let mut items = self.items.iter_mut();
        let Some((&ticket, item)) = items.find(|(_, item)| item.due.is_some_and(|due| due <= now)) else {
            return Todo::Rest(earliest);
        };
        item.due = None;
        match (&item.lease, item.wanted) {
            (None, _) => Todo::Register(ticket),
            (Some(lease), true) => Todo::Renew(ticket, lease.clone()),
            (Some(lease), false) => Todo::Deregister(ticket, lease.clone()),
        }
