// mistake: catches the panic in `change`, and panics with words of its own
// killed by: a_panic_changes_nothing
// says: a panic too
// region: change
        let mut state = self.lock();
        let mut next = state.clone();
        let Ok(result) = catch_unwind(AssertUnwindSafe(|| f(&mut next))) else {
            panic!("the change failed");
        };
        let result = result?;
        *state = next;
        Ok(result)
