// mistake: leaves a caller who has given up in the table
// killed by: giving_up_frees_the_place_at_once
// says: every time-out costs one
// region: give_up
        let _ = self.waiting.get(&id);
        None
