// mistake: asks the business again for the body
// killed by: the_answer_has_the_codec_of_the_question
// says: A second call would order twice
// region: answer
    let codec = match table.get(frame.codec) {
        Ok(codec) => codec,
        Err(error) => return Reply::new(Status::UNKNOWN_CODEC, error.to_string()),
    };
    let request = match codec.from_slice::<Request>(&frame.body, limits) {
        Ok(request) => request,
        Err(error) => return Reply::new(Status::BAD_REQUEST, error.to_string()),
    };
    let _ = business(request.clone());
    let response = match business(request) {
        Ok(response) => response,
        Err((status, text)) => return Reply::new(status, text),
    };
    match codec.to_vec(&response) {
        Ok(body) => Reply { codec: frame.codec, ..Reply::ok(body) },
        Err(error) => Reply::new(Status::INTERNAL, error.to_string()),
    }
