// mistake: stops when fewer than three bytes are left, and takes them for padding
// killed by: they_fill_the_header_exactly
// says: They must fill the room to the last byte
// region: check
    let mut seen = [false; CRITICAL as usize];
    let mut rest = bytes;
    while rest.len() >= EXTENSION_HEAD {
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
