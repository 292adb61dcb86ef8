// mistake: tries every codec until one can read the body
// killed by: what_is_no_request_is_answered_with_101
// says: Nothing ran, and 101 says so
// region: answer
    let codec = match table.get(frame.codec) {
        Ok(codec) => codec,
        Err(error) => return Reply::new(Status::UNKNOWN_CODEC, error.to_string()),
    };
    let read = |codec: &dyn Codec| codec.from_slice::<Request>(&frame.body, limits);
    let request = match read(codec) {
        Ok(request) => request,
        Err(error) => {
            let others = table.known();
            let mut others = others.iter().filter_map(|(id, _)| table.get(*id).ok());
            match others.find_map(|codec| read(codec).ok()) {
                Some(request) => request,
                None => return Reply::new(Status::BAD_REQUEST, error.to_string()),
            }
        }
    };
    let response = match business(request) {
        Ok(response) => response,
        Err((status, text)) => return Reply::new(status, text),
    };
    match codec.to_vec(&response) {
        Ok(body) => Reply { codec: frame.codec, ..Reply::ok(body) },
        Err(error) => Reply::new(Status::INTERNAL, error.to_string()),
    }
