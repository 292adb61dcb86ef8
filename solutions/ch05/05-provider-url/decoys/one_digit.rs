// mistake: leaves out the zero in front
// killed by: everything_else_becomes_a_percent_sign_and_two_capitals
// says: with a zero in front where it needs one
// region: encode
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'*' | b'_' => encoded.push(byte.into()),
            b' ' => encoded.push('+'),
            _ => encoded += &format!("%{byte:X}"),
        }
    }
    encoded
