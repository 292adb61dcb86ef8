// mistake: multiplies the wrong side with the percentage
// killed by: what_saves_too_little_is_sent_raw
// says: `packed * 100` with
// region: pack
    if let Some(compressor) = compressor
        && body.len() >= policy.threshold
    {
        let packed = compressor.compress(&body);
        if packed.len() as u128 * policy.at_most_percent as u128 <= body.len() as u128 * 100 {
            return Packed { compressor: compressor.id(), body: packed.into() };
        }
    }
    Packed { compressor: 0, body: body.into() }
