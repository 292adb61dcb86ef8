// mistake: gives up when the asker's favourite is unknown
// killed by: an_unknown_id_is_stepped_over
// says: Step over what is not in your table
// region: accepted
    accepts.first().copied().filter(|&id| known.get(id).is_ok()).unwrap_or(0)
