// mistake: panics over a header that nobody should send
// killed by: encode_judges_nothing
// says: `encode` judges nothing
// region: encode
    assert!(usize::from(header.header_len) >= HEADER_LEN, "a header is 24 bytes long at least");
    let mut bytes = [0; HEADER_LEN];
    bytes[0..4].copy_from_slice(&MAGIC);
    bytes[4] = VERSION;
    bytes[5] = header.kind as u8;
    bytes[6] = header.codec;
    bytes[7] = header.compressor;
    bytes[8..10].copy_from_slice(&header.header_len.to_be_bytes());
    bytes[10..12].copy_from_slice(&header.status.0.to_be_bytes());
    bytes[12..20].copy_from_slice(&header.request_id.to_be_bytes());
    bytes[20..24].copy_from_slice(&header.body_len.to_be_bytes());
    bytes
