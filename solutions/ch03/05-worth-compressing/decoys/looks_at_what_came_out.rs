// mistake: compares the threshold with the compressed length
// killed by: from_the_threshold_on_it_is_compressed
// says: not what came out
// region: pack
    if let Some(compressor) = compressor {
        let packed = compressor.compress(&body);
        if packed.len() >= policy.threshold
            && packed.len() as u128 * 100 <= body.len() as u128 * policy.at_most_percent as u128
        {
            return Packed { compressor: compressor.id(), body: packed.into() };
        }
    }
    Packed { compressor: 0, body: body.into() }
