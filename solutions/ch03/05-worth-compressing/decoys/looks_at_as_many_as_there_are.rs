// mistake: thinks that an accept list cannot have more than 256 ids
// killed by: an_unknown_id_is_stepped_over
// says: Go through all of it
// region: accepted
    accepts.iter().copied().take(256).find(|&id| known.get(id).is_ok()).unwrap_or(0)
