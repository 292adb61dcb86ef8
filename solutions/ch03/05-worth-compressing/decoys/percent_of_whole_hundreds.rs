// mistake: divides first, so that 150 bytes are one hundred
// killed by: what_saves_too_little_is_sent_raw
// says: 90 per cent of 150 are 135
// region: pack
    if let Some(compressor) = compressor
        && body.len() >= policy.threshold
    {
        let packed = compressor.compress(&body);
        if packed.len() <= body.len() / 100 * policy.at_most_percent {
            return Packed { compressor: compressor.id(), body: packed.into() };
        }
    }
    Packed { compressor: 0, body: body.into() }
