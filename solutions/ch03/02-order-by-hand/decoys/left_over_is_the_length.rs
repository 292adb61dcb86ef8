// mistake: names the length of everything
// killed by: nothing_may_be_left_over
// says: `reader.left()` tells
// region: read_order
    match reader.left() {
        0 => Ok(order),
        _ => Err(LeftOver { count: bytes.len() }),
    }
