// mistake: compresses a short body, and throws the result away
// killed by: a_short_body_is_sent_as_it_is
// says: and the result thrown away
// region: pack
    if let Some(compressor) = compressor {
        let packed = compressor.compress(&body);
        if body.len() >= policy.threshold && packed.len() as u128 * 100 <= body.len() as u128 * policy.at_most_percent as u128 {
            return Packed { compressor: compressor.id(), body: packed.into() };
        }
    }
    Packed { compressor: 0, body: body.into() }
