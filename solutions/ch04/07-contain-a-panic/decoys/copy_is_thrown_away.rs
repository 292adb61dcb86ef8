// mistake: lets f change a copy, and forgets it
// killed by: a_change_is_kept
// says: is the state from then on
// region: change
        f(&mut self.read())
