// mistake: puts the copy in place before it looks whether f said no
// killed by: a_no_changes_nothing
// says: 10 have vanished
// region: change
        let mut state = self.lock();
        let mut next = state.clone();
        let result = f(&mut next);
        *state = next;
        result
