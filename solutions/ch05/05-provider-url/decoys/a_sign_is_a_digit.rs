// mistake: takes a plus sign in front for a part of the number
// killed by: a_percent_sign_needs_two_digits
// says: (`from_str_radix` takes a sign.)
// region: decode
    let mut bytes = Vec::new();
    let mut at = 0;
    while at < text.len() {
        bytes.push(match text.as_bytes()[at] {
            b'+' => b' ',
            b'%' => {
                at += 2;
                let digits = text.get(at - 1..at + 1).ok_or(BAD_PERCENT)?;
                u8::from_str_radix(digits, 16).map_err(|_| BAD_PERCENT)?
            }
            byte => byte,
        });
        at += 1;
    }
    String::from_utf8(bytes).map_err(|_| NOT_UTF8)
