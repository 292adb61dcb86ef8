// mistake: copies every body before it compresses it
// killed by: a_raw_body_is_not_copied
// says: lend it the body
// region: pack
    if let Some(compressor) = compressor
        && body.len() >= policy.threshold
    {
        let packed = compressor.compress(&body.clone());
        if packed.len() as u128 * 100 <= body.len() as u128 * policy.at_most_percent as u128 {
            return Packed { compressor: compressor.id(), body: packed.into() };
        }
    }
    Packed { compressor: 0, body: body.into() }
