// mistake: leaves -2048 and 2047 to the next form
// killed by: ints_are_written_as_java_writes_them
// says: It fits a shorter form
// region: write_int
    let [_, high, mid, low] = value.to_be_bytes();
    match value {
        -0x10..=0x2F => out.push(tag::INT_ZERO.wrapping_add(low)),
        -0x7FF..=0x7FE => out.extend([tag::INT_BYTE.wrapping_add(mid), low]),
        -0x4_0000..=0x3_FFFF => out.extend([tag::INT_SHORT.wrapping_add(high), mid, low]),
        _ => {
            out.push(tag::INT);
            out.extend(value.to_be_bytes());
        }
    }
