// mistake: writes the low bytes in the machine's order
// killed by: ints_are_written_as_java_writes_them
// says: big endian
// region: write_int
    let [_, high, mid, low] = value.to_be_bytes();
    match value {
        -0x10..=0x2F => out.push(tag::INT_ZERO.wrapping_add(low)),
        -0x800..=0x7FF => out.extend([tag::INT_BYTE.wrapping_add(mid), low]),
        -0x4_0000..=0x3_FFFF => out.extend([tag::INT_SHORT.wrapping_add(high), mid, low]),
        _ => {
            out.push(tag::INT);
            out.extend(value.to_le_bytes());
        }
    }
