// mistake: counts the codecs: id 4 is the fourth
// killed by: a_codec_is_found_by_its_id
// says: It says nothing about who was registered first
// region: get
        let codec = self.codecs.iter().flatten().nth(usize::from(id).saturating_sub(1)).map(|codec| &**codec);
        codec.ok_or_else(|| UnknownId { id, known: self.known() })
