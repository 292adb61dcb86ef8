// mistake: multiplies in a usize, which overflows
// killed by: any_policy_is_a_good_one
// says: two of them, `u128`
// region: pack
    if let Some(compressor) = compressor
        && body.len() >= policy.threshold
    {
        let packed = compressor.compress(&body);
        if packed.len() * 100 <= body.len() * policy.at_most_percent {
            return Packed { compressor: compressor.id(), body: packed.into() };
        }
    }
    Packed { compressor: 0, body: body.into() }
