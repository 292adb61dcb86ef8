// mistake: says yes to the same codec a second time
// killed by: a_taken_id_is_refused
// says: also for the same codec again
// region: register
        if id == 0 {
            return Err(RegisterError::Reserved { name });
        }
        let place = &mut self.codecs[usize::from(id)];
        match place {
            Some(other) if Arc::ptr_eq(other, &codec) => Ok(()),
            Some(other) => Err(RegisterError::Taken { id, name, by: other.name() }),
            None => {
                *place = Some(codec);
                Ok(())
            }
        }
