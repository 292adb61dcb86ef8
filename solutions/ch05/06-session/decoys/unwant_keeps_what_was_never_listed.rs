// mistake: deregisters, or registers, what was never registered
// killed by: who_was_never_listed_is_forgotten
// says: so there is nothing to take back
// region: unwant
        if item.due.is_some() {
            item.due = Some(now);
        }
