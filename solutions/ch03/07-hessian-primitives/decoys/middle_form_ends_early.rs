// mistake: leaves 1023 units to 'S'
// killed by: a_length_counts_units
// says: The form of the head is not right
// region: write_string
    let mut rest = &units[..];
    while rest.len() > CHUNK {
        let high = matches!(rest[CHUNK - 1], 0xD800..=0xDBFF);
        let (chunk, after) = rest.split_at(if high { CHUNK - 1 } else { CHUNK });
        out.push(tag::TEXT_CHUNK);
        out.extend((chunk.len() as u16).to_be_bytes());
        write_units(out, chunk);
        rest = after;
    }
    let [high, low] = (rest.len() as u16).to_be_bytes();
    match rest.len() {
        0..=31 => out.push(tag::TEXT + low),
        32..=1022 => out.extend([tag::TEXT_SHORT + high, low]),
        _ => out.extend([tag::TEXT_LAST, high, low]),
    }
    write_units(out, rest);
