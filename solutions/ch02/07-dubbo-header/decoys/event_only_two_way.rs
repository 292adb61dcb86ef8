// mistake: sees an event only where an answer is expected: the server's read-only notice is taken for a call
// killed by: one_byte_holds_four_facts
// says: Bit 5 (0x20) alone
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
        Ok(length) if length <= DUBBO_MAX_BODY => length,
        _ => return Err(DubboError::BodyTooLong { got, limit: DUBBO_MAX_BODY }),
    };
    Ok(DubboHeader {
        message,
        event: flags & 0x60 == 0x60,
        serialization: flags & 0x1F,
        request_id: i64::from_be_bytes(id),
        body_len,
    })
