// mistake: halves, and every number is positive
// killed by: unzigzag_is_the_way_back
// says: and you lost it
// region: unzigzag
    (value >> 1) as i64
