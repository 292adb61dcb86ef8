// mistake: says 301 of bad arguments, as if the function had looked at them
// killed by: bad_arguments_are_answered_with_109
// says: Nothing ran
// region: typed
        let arguments = match marshaller.read(&invocation.arguments) {
            Ok(arguments) => arguments,
            Err(error) => {
                let status = match error.status() {
                    Status::BAD_REQUEST => Status::BAD_ARGUMENT,
                    other => other,
                };
                return Reply::new(status, format!("{signature}: {error}"));
            }
        };
        match f(arguments) {
            Ok(value) => written(Status::OK, &value, invocation, marshaller),
            Err(error) => written(Status::SERVICE_ERROR, &error, invocation, marshaller),
        }
