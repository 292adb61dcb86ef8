// mistake: does not say what is known
// killed by: an_unknown_id_lists_what_is_known
// says: only when he reads what would have been
// region: get
        let codec = self.codecs[usize::from(id)].as_deref();
        codec.ok_or_else(|| UnknownId { id, known: Vec::new() })
