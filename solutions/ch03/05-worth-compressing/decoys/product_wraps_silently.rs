// mistake: multiplies in a usize, and lets it wrap around
// killed by: any_policy_is_a_good_one
// says: No product may wrap around
// region: pack
    if let Some(compressor) = compressor
        && body.len() >= policy.threshold
    {
        let packed = compressor.compress(&body);
        if packed.len() * 100 <= body.len().wrapping_mul(policy.at_most_percent) {
            return Packed { compressor: compressor.id(), body: packed.into() };
        }
    }
    Packed { compressor: 0, body: body.into() }
