// mistake: writes 0 for a body that a heartbeat must not have
// killed by: encode_judges_nothing
// says: `encode` judges nothing
// region: encode
    let mut bytes = [0; HEADER_LEN];
    bytes[0..4].copy_from_slice(&MAGIC);
    bytes[4] = VERSION;
    bytes[5] = header.kind as u8;
    bytes[6] = header.codec;
    bytes[7] = header.compressor;
    bytes[8..10].copy_from_slice(&header.header_len.to_be_bytes());
    bytes[10..12].copy_from_slice(&header.status.0.to_be_bytes());
    bytes[12..20].copy_from_slice(&header.request_id.to_be_bytes());
    bytes[20..24].copy_from_slice(&if header.kind.has_body() { header.body_len } else { 0 }.to_be_bytes());
    bytes
