// mistake: compresses only what is longer than the threshold
// killed by: from_the_threshold_on_it_is_compressed
// says: exactly `threshold` bytes is long enough
// region: pack
    if let Some(compressor) = compressor
        && body.len() > policy.threshold
    {
        let packed = compressor.compress(&body);
        if packed.len() as u128 * 100 <= body.len() as u128 * policy.at_most_percent as u128 {
            return Packed { compressor: compressor.id(), body: packed.into() };
        }
    }
    Packed { compressor: 0, body: body.into() }
