// mistake: writes the first tag of each form, and puts the high part nowhere
// killed by: ints_are_written_as_java_writes_them
// says: is the tag of zero and the high part
// region: write_int
    let [_, high, mid, low] = value.to_be_bytes();
    match value {
        -0x10..=0x2F => out.push(tag::INT_ZERO.wrapping_add(low)),
        -0x800..=0x7FF => out.extend([{ let _ = mid; tag::INT_BYTE }, low]),
        -0x4_0000..=0x3_FFFF => out.extend([tag::INT_SHORT.wrapping_add(high), mid, low]),
        _ => {
            out.push(tag::INT);
            out.extend(value.to_be_bytes());
        }
    }
