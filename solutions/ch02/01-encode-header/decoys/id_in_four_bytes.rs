// mistake: the request id in four bytes, as guide-rpc has it; the body length moves up
// killed by: a_first_request
// says: The request id is an eight-byte number
// region: encode
    let mut bytes = [0; HEADER_LEN];
    bytes[0..4].copy_from_slice(&MAGIC);
    bytes[4] = VERSION;
    bytes[5] = header.kind as u8;
    bytes[6] = header.codec;
    bytes[7] = header.compressor;
    bytes[8..10].copy_from_slice(&header.header_len.to_be_bytes());
    bytes[10..12].copy_from_slice(&header.status.0.to_be_bytes());
    bytes[12..16].copy_from_slice(&(header.request_id as u32).to_be_bytes());
    bytes[16..20].copy_from_slice(&header.body_len.to_be_bytes());
    bytes
