// mistake: ends a text with a zero, as C does
// killed by: a_text_is_tag_length_bytes
// says: bytes that nobody has counted
// region: write_text
    tag::write(number, Kind::Text, out);
    varint::write(text.len() as u64, out);
    out.extend_from_slice(text.as_bytes());
    out.push(0);
