// mistake: sends what came out, also when it is longer
// killed by: what_saves_too_little_is_sent_raw
// says: A body grew
// region: pack
    if let Some(compressor) = compressor
        && body.len() >= policy.threshold
    {
        return Packed { compressor: compressor.id(), body: compressor.compress(&body).into() };
    }
    Packed { compressor: 0, body: body.into() }
