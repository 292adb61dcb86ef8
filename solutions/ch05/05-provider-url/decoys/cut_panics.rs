// mistake: takes two characters without looking whether they are there
// killed by: a_percent_sign_needs_two_digits
// says: `decode` panicked
// region: decode
    let mut bytes = Vec::new();
    let mut at = 0;
    while at < text.len() {
        bytes.push(match text.as_bytes()[at] {
            b'+' => b' ',
            b'%' => {
                at += 2;
                u8::from_str_radix(&text[at - 1..at + 1], 16).map_err(|_| BAD_PERCENT)?
            }
            byte => byte,
        });
        at += 1;
    }
    String::from_utf8(bytes).map_err(|_| NOT_UTF8)
