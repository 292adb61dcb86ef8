// mistake: takes from the list when the next renewal is due
// killed by: who_is_listed_is_taken_from_the_list_at_once
// says: it is taken from the list, at once
// region: unwant
        match (item.due, &item.lease) {
            (None, _) => {}
            (Some(_), Some(_)) => {}
            (Some(_), None) => _ = self.items.remove(&ticket),
        }
