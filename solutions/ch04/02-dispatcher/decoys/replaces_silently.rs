// mistake: the second service takes the place of the first
// killed by: a_second_service_under_a_key_is_refused
// says: nobody can say which
// region: add
        self.services.insert(key, methods);
        Ok(())
