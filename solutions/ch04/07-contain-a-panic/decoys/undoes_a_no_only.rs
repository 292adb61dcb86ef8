// mistake: changes the state itself, and puts the old one back when f says no
// killed by: a_panic_changes_nothing
// says: 10 have vanished
// region: change
        let mut state = self.lock();
        let before = state.clone();
        let result = f(&mut state);
        if result.is_err() {
            *state = before;
        }
        result
