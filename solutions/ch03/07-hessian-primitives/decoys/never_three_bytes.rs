// mistake: knows no form of three bytes
// killed by: ints_are_written_as_java_writes_them
// says: It fits a shorter form
// region: write_int
    let [_, _, mid, low] = value.to_be_bytes();
    match value {
        -0x10..=0x2F => out.push(tag::INT_ZERO.wrapping_add(low)),
        -0x800..=0x7FF => out.extend([tag::INT_BYTE.wrapping_add(mid), low]),
        // three bytes
        _ => {
            out.push(tag::INT);
            out.extend(value.to_be_bytes());
        }
    }
