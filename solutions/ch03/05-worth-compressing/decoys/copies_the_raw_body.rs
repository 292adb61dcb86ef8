// mistake: copies the body that it could hand on
// killed by: a_raw_body_is_not_copied
// says: takes it over as it is
// region: pack
    if let Some(compressor) = compressor
        && body.len() >= policy.threshold
    {
        let packed = compressor.compress(&body);
        if packed.len() as u128 * 100 <= body.len() as u128 * policy.at_most_percent as u128 {
            return Packed { compressor: compressor.id(), body: packed.into() };
        }
    }
    Packed { compressor: 0, body: bytes::Bytes::copy_from_slice(&body) }
