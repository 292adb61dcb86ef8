// mistake: unpacks into a buffer of 64 KiB, and copies from there
// killed by: a_bomb_is_refused_where_the_limit_is
// says: a buffer in between
// region: inflate
    let mut inflater = Decompress::new(false);
    let mut body: Vec<u8> = Vec::new();
    let mut scratch = vec![0; 64 * 1024];
    loop {
        let room = scratch.len().min(limit.saturating_add(1) - body.len());
        let before = (inflater.total_in(), inflater.total_out());
        let status = inflater
            .decompress(&packed[before.0 as usize..], &mut scratch[..room], FlushDecompress::None)
            .map_err(|error| DecompressError::Corrupt { compressor: NAME, why: error.to_string() })?;
        body.extend(&scratch[..(inflater.total_out() - before.1) as usize]);
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
