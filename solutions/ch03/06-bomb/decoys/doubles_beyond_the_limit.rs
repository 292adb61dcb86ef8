// mistake: doubles its room, and the last step is far above the limit
// killed by: a_bomb_is_refused_where_the_limit_is
// says: unpacked more than you had to
// region: inflate
    let mut inflater = Decompress::new(false);
    let mut body = Vec::new();
    loop {
        if body.len() == body.capacity() {
            let room = body.len().max(FIRST) * 8;
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
