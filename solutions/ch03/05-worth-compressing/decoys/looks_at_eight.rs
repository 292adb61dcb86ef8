// mistake: looks at the first eight ids only
// killed by: an_unknown_id_is_stepped_over
// says: Go through all of it
// region: accepted
    accepts.iter().copied().take(8).find(|&id| known.get(id).is_ok()).unwrap_or(0)
