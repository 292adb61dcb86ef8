// mistake: divides, so that 90.9 per cent are 90
// killed by: what_saves_too_little_is_sent_raw
// says: lets 90.9 per cent pass for 90
// region: pack
    if let Some(compressor) = compressor
        && body.len() >= policy.threshold
    {
        let packed = compressor.compress(&body);
        if packed.len() * 100 / body.len().max(1) <= policy.at_most_percent {
            return Packed { compressor: compressor.id(), body: packed.into() };
        }
    }
    Packed { compressor: 0, body: body.into() }
