// mistake: fills chunks with 32,768 characters
// killed by: a_pair_is_not_cut
// says: was cut in the wrong places
// region: write_string
    let chars: Vec<char> = text.chars().collect();
    let mut rest = &chars[..];
    let encode = |chars: &[char]| chars.iter().collect::<String>().encode_utf16().collect::<Vec<u16>>();
    while encode(rest).len() > CHUNK {
        let whole = encode(&rest[..rest.len().min(CHUNK)]);
        let plain = whole.len() <= CHUNK + 1;
        let mut count = rest.len().min(CHUNK);
        while plain && encode(&rest[..count]).len() > CHUNK {
            count -= 1;
        }
        let (chunk, after) = rest.split_at(count);
        let chunk = encode(chunk);
        out.push(tag::TEXT_CHUNK);
        out.extend((chunk.len() as u16).to_be_bytes());
        write_units(out, &chunk);
        rest = after;
    }
    let rest = encode(rest);
    let [high, low] = (rest.len() as u16).to_be_bytes();
    match rest.len() {
        0..=31 => out.push(tag::TEXT + low),
        32..=1023 => out.extend([tag::TEXT_SHORT + high, low]),
        _ => out.extend([tag::TEXT_LAST, high, low]),
    }
    write_units(out, &rest);
