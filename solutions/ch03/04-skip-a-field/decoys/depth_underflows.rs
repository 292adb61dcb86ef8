// mistake: subtracts without looking
// killed by: values_may_be_nested_so_deep_and_no_deeper
// says: Below 0 levels there is nothing
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
            let depth = depth - 1;
            let values = match kind {
                // The index says which variant it is, and nothing about its length.
                Kind::Variant => varint::read(input).map(|_index| 1)?,
                Kind::Map => 2 * count(input)?,
                _ => count(input)?,
            };
            for _ in 0..values {
                let tag = next_tag(input, kind == Kind::Record)?;
                skip(input, tag.kind, depth)?;
            }
        }
    }
    Ok(())
