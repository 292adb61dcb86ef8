// mistake: adds the new methods of the second to those of the first, and refuses it
// killed by: a_second_service_under_a_key_is_refused
// says: has left methods behind
// region: add
        if let Some(first) = self.services.get_mut(&key) {
            for (name, handler) in methods {
                first.entry(name).or_insert(handler);
            }
            return Err(Occupied(key));
        }
        self.services.insert(key, methods);
        Ok(())
