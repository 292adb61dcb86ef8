// mistake: panics when the body is longer than the limit
// killed by: every_combination_is_written
// says: It does not judge the body length
// region: encode
    assert!(header.body_len <= DUBBO_MAX_BODY, "too long");
    let (mut flags, mut status_byte) = (header.serialization, 0);
    match header.message {
        DubboMessage::Request { two_way: true } => flags |= 0xC0,
        DubboMessage::Request { two_way: false } => flags |= 0x80,
        DubboMessage::Response { status } => status_byte = status,
    }
    if header.event {
        flags |= 0x20;
    }
    let mut bytes = [0; DUBBO_HEADER_LEN];
    bytes[0..2].copy_from_slice(&DUBBO_MAGIC);
    bytes[2..4].copy_from_slice(&[flags, status_byte]);
    bytes[4..12].copy_from_slice(&header.request_id.to_be_bytes());
    bytes[12..16].copy_from_slice(&header.body_len.to_be_bytes());
    bytes
