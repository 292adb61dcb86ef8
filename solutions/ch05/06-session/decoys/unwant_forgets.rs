// mistake: leaves what is listed to its lease
// killed by: who_is_listed_is_taken_from_the_list_at_once
// says: has left the agenda
// region: unwant
        self.items.remove(&ticket);
