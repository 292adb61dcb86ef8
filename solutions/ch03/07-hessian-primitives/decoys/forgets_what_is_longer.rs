// mistake: writes the first chunk of a long text only
// killed by: a_long_text_comes_in_chunks
// says: while more than 32,768 units are left
// region: write_string
    let mut rest = &units[..];
    if rest.len() > CHUNK {
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
        32..=1023 => out.extend([tag::TEXT_SHORT + high, low]),
        _ => out.extend([tag::TEXT_LAST, high, low]),
    }
    write_units(out, rest);
