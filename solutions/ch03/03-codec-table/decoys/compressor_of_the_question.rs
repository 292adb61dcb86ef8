// mistake: gives the compressor of the question back
// killed by: the_compressor_byte_is_not_looked_at
// says: will try to unpack it
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
    match codec.to_vec(&response) {
        Ok(body) => Reply { codec: frame.codec, compressor: frame.compressor, ..Reply::ok(body) },
        Err(error) => Reply::new(Status::INTERNAL, error.to_string()),
    }
