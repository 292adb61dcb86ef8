// mistake: shifts a bit by up to 127 places in a number of 64
// killed by: what_is_well_formed_is_taken
// says: Numbers reach 127
// region: check
    let mut seen = 0_u64;
    let mut rest = bytes;
    while !rest.is_empty() {
        let at = HEADER_LEN + bytes.len() - rest.len();
        let bad = |reason| DecodeError::BadExtension { at, reason };
        let (extension, after) = next_extension(rest).map_err(bad)?;
        let number = extension.number;
        if number == 0 {
            return Err(bad(ExtensionFault::Zero));
        }
        let bit = 1_u64 << number;
        if seen & bit != 0 {
            return Err(bad(ExtensionFault::Twice { number }));
        }
        seen |= bit;
        rest = after;
    }
    Ok(())
