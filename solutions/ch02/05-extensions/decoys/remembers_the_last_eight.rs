// mistake: compares with the last eight numbers only
// killed by: all_127_numbers_fit_once
// says: Remember all of them
// region: check
    let mut seen = std::collections::VecDeque::from([0_u8; 8]);
    let mut rest = bytes;
    while !rest.is_empty() {
        let at = HEADER_LEN + bytes.len() - rest.len();
        let bad = |reason| DecodeError::BadExtension { at, reason };
        let (extension, after) = next_extension(rest).map_err(bad)?;
        let number = extension.number;
        if number == 0 {
            return Err(bad(ExtensionFault::Zero));
        }
        if seen.contains(&number) {
            return Err(bad(ExtensionFault::Twice { number }));
        }
        seen.pop_front();
        seen.push_back(number);
        rest = after;
    }
    Ok(())
