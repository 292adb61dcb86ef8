// mistake: takes each byte for a character
// killed by: digits_may_be_large_or_small
// says: where they part
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
    if text.is_ascii() {
        return Ok(bytes.into_iter().map(char::from).collect());
    }
    String::from_utf8(bytes).map_err(|_| NOT_UTF8)
