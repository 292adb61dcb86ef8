// mistake: sends compressed whatever fell below the threshold
// killed by: what_saves_too_little_is_sent_raw
// says: was sent compressed
// region: pack
    if let Some(compressor) = compressor
        && body.len() >= policy.threshold
    {
        let packed = compressor.compress(&body);
        if packed.len() < policy.threshold {
            return Packed { compressor: compressor.id(), body: packed.into() };
        }
    }
    Packed { compressor: 0, body: body.into() }
