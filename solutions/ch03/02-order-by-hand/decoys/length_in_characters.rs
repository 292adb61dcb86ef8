// mistake: counts characters, not bytes
// killed by: the_length_counts_bytes
// says: not characters
// region: write_text
    tag::write(number, Kind::Text, out);
    varint::write(text.chars().count() as u64, out);
    out.extend_from_slice(text.as_bytes());
