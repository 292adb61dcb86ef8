// mistake: answers a body that is no request with 106
// killed by: what_is_no_request_is_answered_with_101
// says: Nothing ran, and 101 says so
// region: answer
    let codec = match table.get(frame.codec) {
        Ok(codec) => codec,
        Err(error) => return Reply::new(Status::UNKNOWN_CODEC, error.to_string()),
    };
    let request = match codec.from_slice(&frame.body, limits) {
        Ok(request) => request,
        Err(error) => return Reply::new(Status::UNKNOWN_CODEC, error.to_string()),
    };
    let response = match business(request) {
        Ok(response) => response,
        Err((status, text)) => return Reply::new(status, text),
    };
    match codec.to_vec(&response) {
        Ok(body) => Reply { codec: frame.codec, ..Reply::ok(body) },
        Err(error) => Reply::new(Status::INTERNAL, error.to_string()),
    }
