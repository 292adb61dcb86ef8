// mistake: catches the panic of f, and panics with its text
// killed by: a_panic_goes_on_as_it_is
// says: The panic is `f`'s, and goes up as it is
// region: change
        let mut state = self.lock();
        let mut next = state.clone();
        match catch_unwind(AssertUnwindSafe(|| f(&mut next))) {
            Ok(result) => {
                let result = result?;
                *state = next;
                Ok(result)
            }
            Err(payload) => std::panic::resume_unwind(Box::new(message(&*payload).to_owned())),
        }
