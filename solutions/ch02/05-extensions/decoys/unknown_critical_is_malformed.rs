// mistake: mixes up form and meaning: a proxy in the middle would cut what the server behind it knows
// killed by: what_is_well_formed_is_taken
// says: the business of `unknown_critical`
// region: check
    let mut seen = [false; CRITICAL as usize];
    let mut rest = bytes;
    while !rest.is_empty() {
        let at = HEADER_LEN + bytes.len() - rest.len();
        let bad = |reason| DecodeError::BadExtension { at, reason };
        let (extension, after) = next_extension(rest).map_err(bad)?;
        let number = extension.number;
        if extension.critical && !ch02_protocol::extension::number::KNOWN.contains(&number) {
            return Err(bad(ExtensionFault::Zero));
        }
        if number == 0 {
            return Err(bad(ExtensionFault::Zero));
        }
        if std::mem::replace(&mut seen[usize::from(number)], true) {
            return Err(bad(ExtensionFault::Twice { number }));
        }
        rest = after;
    }
    Ok(())
