// mistake: replaces the plus signs after the percent signs
// killed by: a_plus_sign_is_a_blank_and_2b_is_a_plus_sign
// says: turns the one that was meant into a blank
// region: decode
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut next_digit = || rest.next().and_then(digit).ok_or(BAD_PERCENT);
        bytes.push(match byte {
            b'%' => next_digit()? * 16 + next_digit()?,
            _ => byte,
        });
    }
    String::from_utf8(bytes).map(|text| text.replace('+', " ")).map_err(|_| NOT_UTF8)
