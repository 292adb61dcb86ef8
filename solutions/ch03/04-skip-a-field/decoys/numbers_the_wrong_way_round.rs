// mistake: a field has 0, and everything else a number
// killed by: a_tag_is_a_number_and_a_kind
// says: A tag is a varint
// region: next_tag
    let code = varint::read(input)?;
    let tag = Tag::from_code(code).ok_or(SkipError::UnknownTag { code })?;
    if field == (tag.number > 0) {
        return Err(SkipError::WrongNumber { number: tag.number });
    }
    Ok(tag)
