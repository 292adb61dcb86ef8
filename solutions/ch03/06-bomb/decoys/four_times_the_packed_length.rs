// mistake: begins with four times as much room as bytes are packed
// killed by: a_small_body_costs_little_under_any_limit
// says: how many bytes are packed says nothing
// region: inflate
    let mut inflater = Decompress::new(false);
    let mut body = Vec::with_capacity(packed.len().saturating_mul(4).max(FIRST).min(limit.saturating_add(1)));
    loop {
        if body.len() == body.capacity() {
            let room = body.len().max(FIRST).min(limit.saturating_add(1) - body.len());
            body.reserve_exact(room);
        }
        let before = (inflater.total_in(), inflater.total_out());
        let status = inflater
            .decompress_vec(&packed[before.0 as usize..], &mut body, FlushDecompress::None)
            .map_err(|error| DecompressError::Corrupt { compressor: NAME, why: error.to_string() })?;
        if body.len() > limit {
            return Err(LimitError::TooBig { got: body.len(), limit }.into());
        }
        if status == Status::StreamEnd {
            break;
        }
        if (inflater.total_in(), inflater.total_out()) == before {
            return Err(DecompressError::Truncated { compressor: NAME, got: body.len() });
        }
    }
    match packed.len() - inflater.total_in() as usize {
        0 => Ok(body),
        count => Err(DecompressError::LeftOver { compressor: NAME, count }),
    }
