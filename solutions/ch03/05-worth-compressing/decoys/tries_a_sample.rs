// mistake: compresses the first kilobyte to see whether it is worth it
// killed by: a_body_is_compressed_once_and_whole
// says: Do it once
// region: pack
    if let Some(compressor) = compressor
        && body.len() >= policy.threshold
    {
        let _ = compressor.compress(&body[..body.len().min(1024)]);
        let packed = compressor.compress(&body);
        if packed.len() as u128 * 100 <= body.len() as u128 * policy.at_most_percent as u128 {
            return Packed { compressor: compressor.id(), body: packed.into() };
        }
    }
    Packed { compressor: 0, body: body.into() }
