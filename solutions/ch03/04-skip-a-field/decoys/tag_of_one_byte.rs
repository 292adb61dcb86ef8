// mistake: reads the tag as one byte: field 8 needs two
// killed by: a_tag_is_a_number_and_a_kind
// says: A tag is a varint
// region: next_tag
    let code = u64::from(*take(input, 1)?.first().expect("one was taken"));
    let tag = Tag::from_code(code).ok_or(SkipError::UnknownTag { code })?;
    if field != (tag.number > 0) {
        return Err(SkipError::WrongNumber { number: tag.number });
    }
    Ok(tag)
