// mistake: keeps the first service, and says nothing
// killed by: a_second_service_under_a_key_is_refused
// says: it should hear of it when it starts
// region: add
        self.services.entry(key).or_insert(methods);
        Ok(())
