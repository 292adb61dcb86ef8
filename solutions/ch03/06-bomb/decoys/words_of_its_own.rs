// mistake: says that it is damaged, and not what the decompressor said
// killed by: what_is_no_deflate_is_corrupt
// says: what the library said
// region: inflate
    let mut inflater = Decompress::new(false);
    let mut body = Vec::new();
    loop {
        if body.len() == body.capacity() {
            let room = body.len().max(FIRST).min(limit.saturating_add(1) - body.len());
            body.reserve_exact(room);
        }
        let before = (inflater.total_in(), inflater.total_out());
        let status = inflater
            .decompress_vec(&packed[before.0 as usize..], &mut body, FlushDecompress::None)
            .map_err(|error| DecompressError::Corrupt { compressor: NAME, why: { let _ = error; "damaged".to_owned() } })?;
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
