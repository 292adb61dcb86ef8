// mistake: lets no id grow beyond what a `u32` can hold
// killed by: the_largest_numbers_fit
// says: Something was cut off on the way
// region: encode
    let mut bytes = [0; HEADER_LEN];
    bytes[0..4].copy_from_slice(&MAGIC);
    bytes[4] = VERSION;
    bytes[5] = header.kind as u8;
    bytes[6] = header.codec;
    bytes[7] = header.compressor;
    bytes[8..10].copy_from_slice(&header.header_len.to_be_bytes());
    bytes[10..12].copy_from_slice(&header.status.0.to_be_bytes());
    bytes[12..20].copy_from_slice(&header.request_id.min(u32::MAX.into()).to_be_bytes());
    bytes[20..24].copy_from_slice(&header.body_len.to_be_bytes());
    bytes
