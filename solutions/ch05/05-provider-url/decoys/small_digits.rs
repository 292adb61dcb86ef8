// mistake: writes small digits
// killed by: letters_digits_and_four_others_stay
// says: where they part
// region: encode
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'*' | b'_' => encoded.push(byte.into()),
            b' ' => encoded.push('+'),
            _ => encoded += &format!("%{byte:02x}"),
        }
    }
    encoded
