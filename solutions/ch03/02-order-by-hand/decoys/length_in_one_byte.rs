// mistake: a length is one byte
// killed by: a_long_text_has_a_long_length
// says: A length is a varint
// region: write_text
    tag::write(number, Kind::Text, out);
    out.push(text.len() as u8);
    out.extend_from_slice(text.as_bytes());
