// mistake: knows large digits only
// killed by: digits_may_be_large_or_small
// says: others write what they like
// region: decode
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut next_digit = || rest.next().filter(|byte| !byte.is_ascii_lowercase()).and_then(digit).ok_or(BAD_PERCENT);
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => next_digit()? * 16 + next_digit()?,
            _ => byte,
        });
    }
    String::from_utf8(bytes).map_err(|_| NOT_UTF8)
