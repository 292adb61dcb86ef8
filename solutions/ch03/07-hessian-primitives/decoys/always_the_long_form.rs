// mistake: writes every text with 'S' and two bytes
// killed by: texts_are_written_as_java_writes_them
// says: Up to 31 units: one byte
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
    out.extend([tag::TEXT_LAST, high, low]);
    write_units(out, rest);
