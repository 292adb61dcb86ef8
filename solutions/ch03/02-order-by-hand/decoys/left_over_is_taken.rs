// mistake: does not look whether bytes are left over
// killed by: nothing_may_be_left_over
// says: somebody is smuggling
// region: read_order
    Ok(order)
