// mistake: refuses, but the new one is in the table already
// killed by: a_taken_id_is_refused
// says: two languages under one flag
// region: register
        if id == 0 {
            return Err(RegisterError::Reserved { name });
        }
        match self.codecs[usize::from(id)].replace(codec) {
            Some(other) => Err(RegisterError::Taken { id, name, by: other.name() }),
            None => Ok(()),
        }
