// mistake: says 101 of bad arguments
// killed by: bad_arguments_are_answered_with_109
// says: 101 is for a frame that calls nothing
// region: typed
        let arguments = match marshaller.read(&invocation.arguments) {
            Ok(arguments) => arguments,
            Err(error) => {
                let status = match error.status() {
                                        other => other,
                };
                return Reply::new(status, format!("{signature}: {error}"));
            }
        };
        match f(arguments) {
            Ok(value) => written(Status::OK, &value, invocation, marshaller),
            Err(error) => written(Status::SERVICE_ERROR, &error, invocation, marshaller),
        }
