// mistake: encodes the number of a character, not its bytes
// killed by: a_character_is_encoded_byte_by_byte
// says: bytes of UTF-8, not the characters
// region: encode
    let mut encoded = String::new();
    for char in text.chars() {
        match char {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '*' | '_' => encoded.push(char),
            ' ' => encoded.push('+'),
            _ => encoded += &format!("%{:02X}", u32::from(char)),
        }
    }
    encoded
