// mistake: sends what the codec had written before it failed
// killed by: a_response_that_cannot_be_written_is_answered_with_201
// says: It ran!
// region: answer
    let codec = match table.get(frame.codec) {
        Ok(codec) => codec,
        Err(error) => return Reply::new(Status::UNKNOWN_CODEC, error.to_string()),
    };
    let request = match codec.from_slice(&frame.body, limits) {
        Ok(request) => request,
        Err(error) => return Reply::new(Status::BAD_REQUEST, error.to_string()),
    };
    let response = match business(request) {
        Ok(response) => response,
        Err((status, text)) => return Reply::new(status, text),
    };
    let mut body = Vec::new();
    let _ = codec.encode(&response, &mut body);
    Reply { codec: frame.codec, ..Reply::ok(body) }
