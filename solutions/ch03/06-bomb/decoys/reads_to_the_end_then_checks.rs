// mistake: unpacks everything, and looks afterwards how much it is
// killed by: a_bomb_is_refused_where_the_limit_is
// says: only after it had gone off
// region: inflate
    let mut inflater = Decompress::new(false);
    let mut body = Vec::new();
    loop {
        if body.len() == body.capacity() {
            let room = body.len().max(FIRST);
            body.reserve_exact(room);
        }
        let before = (inflater.total_in(), inflater.total_out());
        let status = inflater
            .decompress_vec(&packed[before.0 as usize..], &mut body, FlushDecompress::None)
            .map_err(|error| DecompressError::Corrupt { compressor: NAME, why: error.to_string() })?;
        if status == Status::StreamEnd {
            break;
        }
        if (inflater.total_in(), inflater.total_out()) == before {
            return Err(DecompressError::Truncated { compressor: NAME, got: body.len() });
        }
    }
    if body.len() > limit {
        return Err(LimitError::TooBig { got: limit + 1, limit }.into());
    }
    match packed.len() - inflater.total_in() as usize {
        0 => Ok(body),
        count => Err(DecompressError::LeftOver { compressor: NAME, count }),
    }
