// mistake: refuses a second version of an interface
// killed by: a_method_is_found_by_service_and_name
// says: its key is free
// region: add
        if self.services.keys().any(|other| other.interface() == key.interface()) {
            return Err(Occupied(key));
        }
        self.services.insert(key, methods);
        Ok(())
