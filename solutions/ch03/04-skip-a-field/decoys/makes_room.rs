// mistake: makes room for as many values as are announced
// killed by: nothing_is_kept
// says: keeps nothing
// region: skip
    match kind {
        Kind::Null | Kind::False | Kind::True => {}
        Kind::Unsigned | Kind::Signed => _ = varint::read(input)?,
        Kind::Double => _ = take(input, 8)?,
        Kind::Text | Kind::Bytes => {
            let length = varint::read(input)?;
            take(input, length)?;
        }
        Kind::List | Kind::Map | Kind::Record | Kind::Variant => {
            let depth = depth.checked_sub(1).ok_or(SkipError::TooDeep)?;
            let values = match kind {
                // The index says which variant it is, and nothing about its length.
                Kind::Variant => varint::read(input).map(|_index| 1)?,
                Kind::Map => 2 * count(input)?,
                _ => count(input)?,
            };
            let mut tags = Vec::with_capacity(values as usize);
            for _ in 0..values {
                let tag = next_tag(input, kind == Kind::Record)?;
                tags.push(tag);
                skip(input, tag.kind, depth)?;
            }
        }
    }
    Ok(())
