// mistake: names the new codec as the one that has the id
// killed by: a_taken_id_is_refused
// says: Taken
// region: register
        if id == 0 {
            return Err(RegisterError::Reserved { name });
        }
        let place = &mut self.codecs[usize::from(id)];
        if let Some(other) = place {
            return Err(RegisterError::Taken { id, name, by: { let _ = other; name } });
        }
        *place = Some(codec);
        Ok(())
