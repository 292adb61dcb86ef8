// mistake: compares with the limit only; -1 is below it, and becomes 4 GiB one line later
// killed by: a_negative_length_is_refused
// says: As a `u32` it would be 4 GiB
// region: decode
    let &[m0, m1, flags, status, id @ .., b0, b1, b2, b3] = bytes;
    if [m0, m1] != DUBBO_MAGIC {
        return Err(DubboError::WrongMagic { got: [m0, m1] });
    }
    let message = if flags & 0x80 != 0 {
        DubboMessage::Request { two_way: flags & 0x40 != 0 }
    } else {
        DubboMessage::Response { status }
    };
    let got = i32::from_be_bytes([b0, b1, b2, b3]);
    if got > DUBBO_MAX_BODY as i32 {
        return Err(DubboError::BodyTooLong { got, limit: DUBBO_MAX_BODY });
    }
    let body_len = got as u32;
    Ok(DubboHeader {
        message,
        event: flags & 0x20 != 0,
        serialization: flags & 0x1F,
        request_id: i64::from_be_bytes(id),
        body_len,
    })
