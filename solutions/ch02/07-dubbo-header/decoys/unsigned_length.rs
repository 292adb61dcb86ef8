// mistake: reads the length without its sign: -1 becomes 4 GiB in the error, and in the log
// killed by: a_negative_length_is_refused
// says: Read it as an `i32`
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
    let body_len = u32::from_be_bytes([b0, b1, b2, b3]);
    if body_len > DUBBO_MAX_BODY {
        let got = i32::try_from(body_len).unwrap_or(i32::MAX);
        return Err(DubboError::BodyTooLong { got, limit: DUBBO_MAX_BODY });
    }
    Ok(DubboHeader {
        message,
        event: flags & 0x20 != 0,
        serialization: flags & 0x1F,
        request_id: i64::from_be_bytes(id),
        body_len,
    })
