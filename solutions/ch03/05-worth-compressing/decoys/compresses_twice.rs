// mistake: compresses once to see the length, and again to send it
// killed by: a_body_is_compressed_once_and_whole
// says: Compressing is what costs
// region: pack
    if let Some(compressor) = compressor
        && body.len() >= policy.threshold
    {
        let packed = compressor.compress(&body);
        if packed.len() as u128 * 100 <= body.len() as u128 * policy.at_most_percent as u128 {
            return Packed { compressor: compressor.id(), body: compressor.compress(&body).into() };
        }
    }
    Packed { compressor: 0, body: body.into() }
