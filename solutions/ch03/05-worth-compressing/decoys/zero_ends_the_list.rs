// mistake: takes 0 for the end of the list
// killed by: an_unknown_id_is_stepped_over
// says: 0 is never in it
// region: accepted
    accepts.iter().copied().take_while(|&id| id != 0).find(|&id| known.get(id).is_ok()).unwrap_or(0)
