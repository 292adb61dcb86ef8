// mistake: says of an error's text that it is written in the codec
// killed by: the_business_says_no
// says: A text for people is plain bytes
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
        Err((status, text)) => return Reply { codec: frame.codec, ..Reply::new(status, text) },
    };
    match codec.to_vec(&response) {
        Ok(body) => Reply { codec: frame.codec, ..Reply::ok(body) },
        Err(error) => Reply::new(Status::INTERNAL, error.to_string()),
    }
