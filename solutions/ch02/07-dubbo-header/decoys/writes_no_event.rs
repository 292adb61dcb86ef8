// mistake: forgets the event bit: a heartbeat goes out as a call without a method
// killed by: what_was_read_is_written_as_it_was
// says: event 0x20
// region: encode
    let (mut flags, mut status_byte) = (header.serialization, 0);
    match header.message {
        DubboMessage::Request { two_way: true } => flags |= 0xC0,
        DubboMessage::Request { two_way: false } => flags |= 0x80,
        DubboMessage::Response { status } => status_byte = status,
    }
    let mut bytes = [0; DUBBO_HEADER_LEN];
    bytes[0..2].copy_from_slice(&DUBBO_MAGIC);
    bytes[2..4].copy_from_slice(&[flags, status_byte]);
    bytes[4..12].copy_from_slice(&header.request_id.to_be_bytes());
    bytes[12..16].copy_from_slice(&header.body_len.to_be_bytes());
    bytes
