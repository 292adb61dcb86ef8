// mistake: adds the methods of the second to those of the first
// killed by: a_second_service_under_a_key_is_refused
// says: nobody can say which
// region: add
        self.services.entry(key).or_default().extend(methods);
        Ok(())
