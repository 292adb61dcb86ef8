// mistake: divides by the length of the body, which may be 0
// killed by: any_policy_is_a_good_one
// says: there is nothing to divide
// region: pack
    if let Some(compressor) = compressor
        && body.len() >= policy.threshold
    {
        let packed = compressor.compress(&body);
        if (packed.len() as u128 * 100).div_ceil(body.len() as u128) <= policy.at_most_percent as u128 {
            return Packed { compressor: compressor.id(), body: packed.into() };
        }
    }
    Packed { compressor: 0, body: body.into() }
