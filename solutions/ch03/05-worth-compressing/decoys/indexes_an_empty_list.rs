// mistake: takes the first of a list that may be empty
// killed by: nothing_in_common_is_0
// says: also an empty one
// region: accepted
    let mut id = accepts[0];
    for &next in accepts.iter().rev() {
        if known.get(next).is_ok() {
            id = next;
        }
    }
    if known.get(id).is_ok() { id } else { 0 }
