// mistake: compresses with its own favourite when there is nothing in common
// killed by: nothing_in_common_is_0
// says: worth nothing to him
// region: accepted
    let own = known.iter().next().map_or(0, |one| one.id());
    accepts.iter().copied().find(|&id| known.get(id).is_ok()).unwrap_or(own)
