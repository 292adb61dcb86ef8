// mistake: forgets what is being registered, and its lease with it
// killed by: who_is_being_worked_on_is_taken_back_afterwards
// says: It is being worked on, and how that goes is not known yet
// region: unwant
        match &item.lease {
            Some(_) => item.due = Some(now),
            None => _ = self.items.remove(&ticket),
        }
