// mistake: takes any length that is not negative: 2 GiB on a stranger's word
// killed by: the_limit_itself_is_allowed
// says: What is above it is refused
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
    let body_len = match u32::try_from(got) {
        Ok(length) => length,
        _ => return Err(DubboError::BodyTooLong { got, limit: DUBBO_MAX_BODY }),
    };
    Ok(DubboHeader {
        message,
        event: flags & 0x20 != 0,
        serialization: flags & 0x1F,
        request_id: i64::from_be_bytes(id),
        body_len,
    })
