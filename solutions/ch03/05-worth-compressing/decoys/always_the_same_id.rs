// mistake: knows one compressor only
// killed by: what_saves_too_little_is_sent_raw
// says: id 1, what the compressor gave
// region: pack
    if let Some(compressor) = compressor
        && body.len() >= policy.threshold
    {
        let packed = compressor.compress(&body);
        if packed.len() as u128 * 100 <= body.len() as u128 * policy.at_most_percent as u128 {
            return Packed { compressor: 1, body: packed.into() };
        }
    }
    Packed { compressor: 0, body: body.into() }
