// mistake: removes a caller who gives up, and tells nobody
// killed by: giving_up_frees_the_place_at_once
// says: Whoever gives up is returned
// region: give_up
        self.waiting.remove(&id);
        None
