// mistake: knows one status, 20, and makes 20 of all others
// killed by: a_response_has_any_status
// says: Hand on the number as it came
// region: decode
    let &[m0, m1, flags, status, id @ .., b0, b1, b2, b3] = bytes;
    if [m0, m1] != DUBBO_MAGIC {
        return Err(DubboError::WrongMagic { got: [m0, m1] });
    }
    let message = if flags & 0x80 != 0 {
        DubboMessage::Request { two_way: flags & 0x40 != 0 }
    } else {
        DubboMessage::Response { status: status.min(20) }
    };
    let got = i32::from_be_bytes([b0, b1, b2, b3]);
    let body_len = match u32::try_from(got) {
        Ok(length) if length <= DUBBO_MAX_BODY => length,
        _ => return Err(DubboError::BodyTooLong { got, limit: DUBBO_MAX_BODY }),
    };
    Ok(DubboHeader {
        message,
        event: flags & 0x20 != 0,
        serialization: flags & 0x1F,
        request_id: i64::from_be_bytes(id),
        body_len,
    })
