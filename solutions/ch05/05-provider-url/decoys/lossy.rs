// mistake: puts something in the place of what is no text
// killed by: bytes_that_are_no_text_are_refused
// says: two broken names become the same
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
    Ok(String::from_utf8_lossy(&bytes).into_owned())
