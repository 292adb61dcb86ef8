// mistake: does not look whether a number belongs there
// killed by: a_field_has_a_number_and_nothing_else_has_one
// says: Fields count from 1
// region: next_tag
    let _ = field;
    let code = varint::read(input)?;
    Tag::from_code(code).ok_or(SkipError::UnknownTag { code })
