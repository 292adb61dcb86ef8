// mistake: sends compressed whatever got shorter at all
// killed by: what_saves_too_little_is_sent_raw
// says: got a little shorter
// region: pack
    if let Some(compressor) = compressor
        && body.len() >= policy.threshold
    {
        let packed = compressor.compress(&body);
        if packed.len() < body.len() {
            return Packed { compressor: compressor.id(), body: packed.into() };
        }
    }
    Packed { compressor: 0, body: body.into() }
