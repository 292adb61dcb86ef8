// mistake: decodes until nothing is left to decode
// killed by: what_is_decoded_is_not_decoded_again
// says: Decoding is done once
// region: decode
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut next_digit = || rest.next().and_then(digit).ok_or(BAD_PERCENT);
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => next_digit()? * 16 + next_digit()?,
            _ => byte,
        });
    }
    let decoded = String::from_utf8(bytes).map_err(|_| NOT_UTF8)?;
    if decoded != text && decoded.contains('%') { decode(&decoded) } else { Ok(decoded) }
