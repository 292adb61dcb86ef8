// mistake: refuses what `encode` would have encoded
// killed by: what_is_not_encoded_stands_for_itself
// says: A good text was refused
// region: decode
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut next_digit = || rest.next().and_then(digit).ok_or(BAD_PERCENT);
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => next_digit()? * 16 + next_digit()?,
            _ if byte.is_ascii_graphic() => byte,
            _ => return Err(NOT_UTF8),
        });
    }
    String::from_utf8(bytes).map_err(|_| NOT_UTF8)
