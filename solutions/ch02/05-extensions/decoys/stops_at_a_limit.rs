// mistake: stops to look behind the 4,072 bytes that fit into the longest header of today
// killed by: all_127_numbers_fit_once
// says: `check` has no limit of its own
// region: check
    let mut seen = [false; CRITICAL as usize];
    let mut rest = bytes;
    while !rest.is_empty() {
        if bytes.len() - rest.len() >= 4072 {
            return Ok(());
        }
        let at = HEADER_LEN + bytes.len() - rest.len();
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
