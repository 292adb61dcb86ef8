// mistake: the kind goes four bits up, the number below
// killed by: a_text_is_tag_length_bytes
// says: Number and kind are the wrong way round
// region: write_text
    varint::write((Kind::Text as u64) << 4 | u64::from(number), out);
    varint::write(text.len() as u64, out);
    out.extend_from_slice(text.as_bytes());
