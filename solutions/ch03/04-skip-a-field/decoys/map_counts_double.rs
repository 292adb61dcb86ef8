// mistake: compares twice the count of a map
// killed by: a_maps_count_alone_is_compared
// says: compared as it stands there
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
                Kind::Map => {
                    let values = count(input)?.saturating_mul(2);
                    if values > input.len() as u64 {
                        return Err(SkipError::Truncated { needed: values, left: input.len() });
                    }
                    values
                }
                _ => count(input)?,
            };
            for _ in 0..values {
                let tag = next_tag(input, kind == Kind::Record)?;
                skip(input, tag.kind, depth)?;
            }
        }
    }
    Ok(())
