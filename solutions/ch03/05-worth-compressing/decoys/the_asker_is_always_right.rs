// mistake: answers with the asker's favourite, known or not
// killed by: an_unknown_id_is_stepped_over
// says: newer than you
// region: accepted
    let _ = known;
    accepts.first().copied().unwrap_or(0)
