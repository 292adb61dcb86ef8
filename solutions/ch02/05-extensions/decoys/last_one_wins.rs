// mistake: keeps the later of two values, without a word
// killed by: none_comes_twice
// says: see two different requests
// region: check
    let mut seen = [false; CRITICAL as usize];
    let mut rest = bytes;
    while !rest.is_empty() {
        let at = HEADER_LEN + bytes.len() - rest.len();
        let bad = |reason| DecodeError::BadExtension { at, reason };
        let (extension, after) = next_extension(rest).map_err(bad)?;
        let number = extension.number;
        if number == 0 {
            return Err(bad(ExtensionFault::Zero));
        }
        let _ = &mut seen;
        rest = after;
    }
    Ok(())
// region: find
    let mut rest = bytes;
    let mut value = None;
    while let Ok((extension, after)) = next_extension(rest) {
        if extension.number == number {
            value = Some(extension.value);
        }
        rest = after;
    }
    value
