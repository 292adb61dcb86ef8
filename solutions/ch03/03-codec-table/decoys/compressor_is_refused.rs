// mistake: answers no to every compressor
// killed by: the_compressor_byte_is_not_looked_at
// says: taken as it is
// region: answer
    let codec = match table.get(frame.codec) {
        Ok(codec) => codec,
        Err(error) => return Reply::new(Status::UNKNOWN_CODEC, error.to_string()),
    };
    if frame.compressor != 0 {
        return Reply::new(Status::UNKNOWN_COMPRESSOR, "nobody unpacks here");
    }
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
