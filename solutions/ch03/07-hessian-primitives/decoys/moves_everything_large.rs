// mistake: takes everything from d7ff on for a half
// killed by: a_pair_is_not_cut
// says: one less only where a pair would be cut
// region: write_string
    let mut rest = &units[..];
    while rest.len() > CHUNK {
        let high = matches!(rest[CHUNK - 1], 0xD7FF..=0xDBFF);
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
