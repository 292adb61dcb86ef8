// mistake: panics when a key is taken
// killed by: a_second_service_under_a_key_is_refused
// says: panicked
// region: add
        if self.services.contains_key(&key) {
            panic!("{}", Occupied(key));
        }
        self.services.insert(key, methods);
        Ok(())
