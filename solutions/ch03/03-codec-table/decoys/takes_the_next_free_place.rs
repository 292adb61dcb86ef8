// mistake: puts a codec behind the last one
// killed by: a_codec_is_found_by_its_id
// says: stands at index 5
// region: register
        if id == 0 {
            return Err(RegisterError::Reserved { name });
        }
        if let Some(other) = self.codecs.iter().flatten().find(|other| other.id() == id) {
            return Err(RegisterError::Taken { id, name, by: other.name() });
        }
        let free = self.codecs.iter_mut().find(|place| place.is_none());
        *free.expect("there are 256 places") = Some(codec);
        Ok(())
