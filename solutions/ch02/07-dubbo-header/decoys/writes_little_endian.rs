// mistake: writes the id backwards; this program reads it back, and no other one does
// killed by: a_call_goes_out_as_others_send_it
// says: all eight of them
// region: encode
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
    bytes[4..12].copy_from_slice(&header.request_id.to_le_bytes());
    bytes[12..16].copy_from_slice(&header.body_len.to_be_bytes());
    bytes
