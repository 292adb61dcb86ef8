// mistake: counts the place in a `u8`: beyond 255 it comes round again
// killed by: all_127_numbers_fit_once
// says: does not fit into one byte
// region: check
    let mut seen = [false; CRITICAL as usize];
    let mut rest = bytes;
    while !rest.is_empty() {
        let at = usize::from((HEADER_LEN + bytes.len() - rest.len()) as u8);
        let bad = |reason| DecodeError::BadExtension { at, reason };
        let (extension, after) = next_extension(rest).map_err(bad)?;
        let number = extension.number;
        if number == 0 {
            return Err(bad(ExtensionFault::Zero));
        }
        if std::mem::replace(&mut seen[usize::from(number)], true) {
            return Err(bad(ExtensionFault::Twice { number }));
        }
        rest = after;
    }
    Ok(())
