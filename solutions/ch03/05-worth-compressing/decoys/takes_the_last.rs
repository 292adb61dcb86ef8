// mistake: takes the last one that both know
// killed by: the_order_is_the_askers
// says: likes best
// region: accepted
    accepts.iter().copied().rfind(|&id| known.get(id).is_ok()).unwrap_or(0)
