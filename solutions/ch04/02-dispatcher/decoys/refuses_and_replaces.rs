// mistake: puts the second in, and looks afterwards
// killed by: a_second_service_under_a_key_is_refused
// says: Look before you put anything in
// region: add
        match self.services.insert(key.clone(), methods) {
            None => Ok(()),
            Some(_) => Err(Occupied(key)),
        }
