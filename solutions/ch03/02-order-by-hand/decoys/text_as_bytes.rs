// mistake: writes a text as bytes
// killed by: a_text_is_tag_length_bytes
// says: A text is Text, not Bytes
// region: write_text
    tag::write(number, Kind::Bytes, out);
    varint::write(text.len() as u64, out);
    out.extend_from_slice(text.as_bytes());
