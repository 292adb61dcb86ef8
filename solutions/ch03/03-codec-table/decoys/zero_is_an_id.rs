// mistake: takes a codec with the id 0
// killed by: id_0_is_refused
// says: every text of chapter 2
// region: register
        let place = &mut self.codecs[usize::from(id)];
        if let Some(other) = place {
            return Err(RegisterError::Taken { id, name, by: other.name() });
        }
        *place = Some(codec);
        Ok(())
