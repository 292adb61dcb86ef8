// mistake: reads a body of an unknown codec as JSON
// killed by: an_unknown_codec_is_answered_with_106
// says: that it looks like JSON does not make it JSON
// region: answer
    let codec = table.get(frame.codec).unwrap_or(&Json);
    let request = match codec.from_slice(&frame.body, limits) {
        Ok(request) => request,
        Err(error) => return Reply::new(Status::BAD_REQUEST, error.to_string()),
    };
    let response = match business(request) {
        Ok(response) => response,
        Err((status, text)) => return Reply::new(status, text),
    };
    match codec.to_vec(&response) {
        Ok(body) => Reply { codec: frame.codec, ..Reply::ok(body) },
        Err(error) => Reply::new(Status::INTERNAL, error.to_string()),
    }
