// mistake: goes through its own table, not through the asker's list
// killed by: the_order_is_the_askers
// says: not through your own
// region: accepted
    known.iter().map(|one| one.id()).find(|id| accepts.contains(id)).unwrap_or(0)
