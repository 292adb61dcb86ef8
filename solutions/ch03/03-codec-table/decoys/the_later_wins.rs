// mistake: puts the new one in the other's place
// killed by: a_taken_id_is_refused
// says: two languages under one flag
// region: register
        if id == 0 {
            return Err(RegisterError::Reserved { name });
        }
        let place = &mut self.codecs[usize::from(id)];
        let _ = name;
        *place = Some(codec);
        Ok(())
