// mistake: minus the half: 1 becomes 0
// killed by: unzigzag_is_the_way_back
// says: 1 is -1, not 0
// region: unzigzag
    let half = (value >> 1) as i64;
    if value & 1 == 1 { -half } else { half }
