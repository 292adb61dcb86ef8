// mistake: answers an unknown codec without a word
// killed by: an_unknown_codec_is_answered_with_106
// says: The status is right, the text is another one
// region: answer
    let codec = match table.get(frame.codec) {
        Ok(codec) => codec,
        Err(_) => return Reply::new(Status::UNKNOWN_CODEC, ""),
    };
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
