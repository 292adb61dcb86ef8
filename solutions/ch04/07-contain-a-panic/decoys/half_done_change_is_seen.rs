// mistake: lets f change the state itself, and takes the poisoned lock for good
// killed by: a_panic_changes_nothing
// says: 10 have vanished
// region: change
        f(&mut self.lock())
