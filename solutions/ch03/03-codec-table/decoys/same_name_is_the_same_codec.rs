// mistake: takes a second codec with the id and the name of the first for the same one
// killed by: a_taken_id_is_refused
// says: two languages under one flag
// region: register
        if id == 0 {
            return Err(RegisterError::Reserved { name });
        }
        let place = &mut self.codecs[usize::from(id)];
        if let Some(other) = place
            && other.name() != name
        {
            return Err(RegisterError::Taken { id, name, by: other.name() });
        }
        *place = Some(codec);
        Ok(())
