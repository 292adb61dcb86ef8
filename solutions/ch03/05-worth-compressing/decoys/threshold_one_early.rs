// mistake: compresses what is one byte too short
// killed by: a_short_body_is_sent_as_it_is
// says: with fewer it is not
// region: pack
    if let Some(compressor) = compressor
        && body.len() + 1 >= policy.threshold
    {
        let packed = compressor.compress(&body);
        if packed.len() as u128 * 100 <= body.len() as u128 * policy.at_most_percent as u128 {
            return Packed { compressor: compressor.id(), body: packed.into() };
        }
    }
    Packed { compressor: 0, body: body.into() }
