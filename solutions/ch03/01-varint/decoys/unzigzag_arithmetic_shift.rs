// mistake: shifts a signed number down, and its sign comes along
// killed by: unzigzag_is_the_way_back
// says: its highest bit came along
// region: unzigzag
    (value as i64 >> 1) ^ -((value & 1) as i64)
