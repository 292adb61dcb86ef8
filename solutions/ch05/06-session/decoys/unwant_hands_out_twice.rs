// mistake: takes back what is being renewed, before it was told how that went
// killed by: who_is_being_worked_on_is_taken_back_afterwards
// says: There is nothing to do yet
// region: unwant
        match (item.due, &item.lease) {
            (_, Some(_)) => item.due = Some(now),
            (Some(_), None) => _ = self.items.remove(&ticket),
            (None, None) => {}
        }
