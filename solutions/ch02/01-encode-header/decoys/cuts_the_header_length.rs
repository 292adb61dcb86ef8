// mistake: `as u16` before the comparison: 65,566 becomes 30, which is below every limit
// killed by: a_length_is_refused_not_cut
// says: drops the rest without a word
// region: header_of
    let (kind, status) = (frame.kind, frame.status);
    if status != Status::OK && !kind.has_status() {
        return Err(EncodeError::UnexpectedStatus { kind, status });
    }
    let got = frame.body.len();
    if got > 0 && !kind.has_body() {
        return Err(EncodeError::UnexpectedBody { kind, length: got });
    }
    let limit = limits.max_body as usize;
    if got > limit {
        return Err(EncodeError::BodyTooLong { got, limit });
    }
    let body_len = got as u32; // fits: the limit does
    let header_len = (HEADER_LEN + frame.extensions.as_bytes().len()) as u16;
    if header_len > limits.max_header {
        return Err(EncodeError::HeaderTooLong { got: header_len.into(), limit: limits.max_header.into() });
    }
    let &Frame { codec, compressor, request_id, .. } = frame;
    Ok(Header { kind, codec, compressor, header_len, status, request_id, body_len })
