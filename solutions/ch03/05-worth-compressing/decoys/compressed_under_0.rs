// mistake: sends compressed bytes and says that they are raw
// killed by: the_header_says_what_was_done
// says: do not belong together
// region: pack
    if let Some(compressor) = compressor
        && body.len() >= policy.threshold
    {
        let packed = compressor.compress(&body);
        if packed.len() as u128 * 100 <= body.len() as u128 * policy.at_most_percent as u128 {
            return Packed { compressor: 0, body: packed.into() };
        }
    }
    Packed { compressor: 0, body: body.into() }
