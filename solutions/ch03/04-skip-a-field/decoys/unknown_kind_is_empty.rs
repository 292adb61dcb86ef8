// mistake: takes an unknown kind for a null: no bytes behind it
// killed by: an_unknown_kind_has_no_length
// says: an unknown kind cannot
// region: next_tag
    let code = varint::read(input)?;
    let tag = Tag::from_code(code).unwrap_or(Tag { number: (code >> 4) as u32, kind: Kind::Null });
    if field != (tag.number > 0) {
        return Err(SkipError::WrongNumber { number: tag.number });
    }
    Ok(tag)
