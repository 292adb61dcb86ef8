// mistake: writes the id that was asked for, whatever was done
// killed by: the_header_says_what_was_done
// says: do not belong together
// region: pack
    if let Some(compressor) = compressor
        && body.len() >= policy.threshold
    {
        let packed = compressor.compress(&body);
        if packed.len() as u128 * 100 <= body.len() as u128 * policy.at_most_percent as u128 {
            return Packed { compressor: compressor.id(), body: packed.into() };
        }
    }
    Packed { compressor: compressor.map_or(0, |one| one.id()), body: body.into() }
