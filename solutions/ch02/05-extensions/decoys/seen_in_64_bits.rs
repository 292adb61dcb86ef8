// mistake: remembers 127 numbers in 64 bits: 1 and 65 share one
// killed by: all_127_numbers_fit_once
// says: One bit for two numbers
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
        let bit = 1_u64.wrapping_shl(number.into());
        if seen & bit != 0 {
            return Err(bad(ExtensionFault::Twice { number }));
        }
        seen |= bit;
        rest = after;
    }
    Ok(())
