// mistake: gives JSON when there is no such codec
// killed by: an_unknown_id_lists_what_is_known
// says: A guess is worse than no
// region: get
        let codec = self.codecs[usize::from(id)].as_deref().or(self.codecs[1].as_deref());
        codec.ok_or_else(|| UnknownId { id, known: self.known() })
