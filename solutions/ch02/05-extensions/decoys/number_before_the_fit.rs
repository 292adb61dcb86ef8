// mistake: judges the number before it knows that the extension is all there
// killed by: the_first_fault_counts
// says: what does not fit is no extension at all
// region: check
    let mut seen = [false; CRITICAL as usize];
    let mut rest = bytes;
    while !rest.is_empty() {
        let at = HEADER_LEN + bytes.len() - rest.len();
        let bad = |reason| DecodeError::BadExtension { at, reason };
        if rest[0] & !CRITICAL == 0 {
            return Err(bad(ExtensionFault::Zero));
        }
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
