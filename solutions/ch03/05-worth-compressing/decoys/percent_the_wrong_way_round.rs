// mistake: takes the percentage for what must be saved
// killed by: what_saves_too_little_is_sent_raw
// says: not how much must be saved
// region: pack
    if let Some(compressor) = compressor
        && body.len() >= policy.threshold
    {
        let packed = compressor.compress(&body);
        if (body.len() - packed.len().min(body.len())) as u128 * 100 >= body.len() as u128 * policy.at_most_percent as u128 {
            return Packed { compressor: compressor.id(), body: packed.into() };
        }
    }
    Packed { compressor: 0, body: body.into() }
