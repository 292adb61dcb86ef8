// mistake: writes the text behind its tag, without a length
// killed by: a_text_is_tag_length_bytes
// says: The length is missing
// region: write_text
    tag::write(number, Kind::Text, out);
    out.extend_from_slice(text.as_bytes());
