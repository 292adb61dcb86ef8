// mistake: takes what Unicode calls a letter for one
// killed by: a_character_is_encoded_byte_by_byte
// says: knows thousands more
// region: encode
    let mut encoded = String::new();
    for char in text.chars() {
        if char.is_alphanumeric() || ".-*_".contains(char) {
            encoded.push(char);
        } else if char == ' ' {
            encoded.push('+');
        } else {
            let mut bytes = [0; 4];
            for byte in char.encode_utf8(&mut bytes).bytes() {
                encoded += &format!("%{byte:02X}");
            }
        }
    }
    encoded
