// mistake: does not encode what looks encoded
// killed by: everything_else_becomes_a_percent_sign_and_two_capitals
// says: %252F
// region: encode
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'*' | b'_' => encoded.push(byte.into()),
            b' ' => encoded.push('+'),
            b'%' if text.len() > 2 => encoded.push('%'),
            _ => encoded += &format!("%{byte:02X}"),
        }
    }
    encoded
