// mistake: unpacks everything into one small buffer to see how much it is, before it keeps any
// killed by: nothing_is_unpacked_behind_the_limit
// says: four gigabytes of it take seconds
// region: inflate
    let mut counter = Decompress::new(false);
    let mut buffer = vec![0; FIRST];
    loop {
        let before = (counter.total_in(), counter.total_out());
        let status = counter
            .decompress(&packed[before.0 as usize..], &mut buffer, FlushDecompress::None)
            .map_err(|error| DecompressError::Corrupt { compressor: NAME, why: error.to_string() })?;
        // Not the bomb of four gigabytes: this wrong answer should end.
        if status == Status::StreamEnd || counter.total_out() > 1 << 25 {
            break;
        }
        if (counter.total_in(), counter.total_out()) == before {
            return Err(DecompressError::Truncated { compressor: NAME, got: counter.total_out() as usize });
        }
    }
    let got = counter.total_out() as usize;
    if got > limit {
        return Err(LimitError::TooBig { got, limit }.into());
    }
    let mut body = Vec::with_capacity(got.max(1));
    let _ = Decompress::new(false).decompress_vec(packed, &mut body, FlushDecompress::Finish);
    match packed.len() - counter.total_in() as usize {
        0 => Ok(body),
        count => Err(DecompressError::LeftOver { compressor: NAME, count }),
    }
