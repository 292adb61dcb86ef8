// mistake: says of an error's text that it is written in the codec
// killed by: bad_arguments_are_answered_with_109
// says: A text for people has codec 0
// region: typed
        let arguments = match marshaller.read(&invocation.arguments) {
            Ok(arguments) => arguments,
            Err(error) => {
                let status = match error.status() {
                    Status::BAD_REQUEST => Status::BAD_ARGUMENTS,
                    other => other,
                };
                let codec = invocation.arguments.format.codec;
                return Reply { codec, ..Reply::new(status, format!("{signature}: {error}")) };
            }
        };
        match f(arguments) {
            Ok(value) => written(Status::OK, &value, invocation, marshaller),
            Err(error) => written(Status::SERVICE_ERROR, &error, invocation, marshaller),
        }
