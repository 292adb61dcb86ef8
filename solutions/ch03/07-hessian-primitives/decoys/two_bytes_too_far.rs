// mistake: takes -2049 for a number of two bytes
// killed by: an_int_takes_the_shortest_form
// says: It does not fit such a short form
// region: write_int
    let [_, high, mid, low] = value.to_be_bytes();
    match value {
        -0x10..=0x2F => out.push(tag::INT_ZERO.wrapping_add(low)),
        -0x801..=0x7FF => out.extend([tag::INT_BYTE.wrapping_add(mid), low]),
        -0x4_0000..=0x3_FFFF => out.extend([tag::INT_SHORT.wrapping_add(high), mid, low]),
        _ => {
            out.push(tag::INT);
            out.extend(value.to_be_bytes());
        }
    }
