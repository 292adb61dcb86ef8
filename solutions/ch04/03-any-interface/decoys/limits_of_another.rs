// mistake: reads with a new marshaller, without the server's limits
// killed by: bad_arguments_are_answered_with_109
// says: The function ran, with arguments that nobody has sent
// region: typed
        let arguments = match Marshaller::default().read(&invocation.arguments) {
            Ok(arguments) => arguments,
            Err(error) => {
                let status = match error.status() {
                    Status::BAD_REQUEST => Status::BAD_ARGUMENTS,
                    other => other,
                };
                return Reply::new(status, format!("{signature}: {error}"));
            }
        };
        match f(arguments) {
            Ok(value) => written(Status::OK, &value, invocation, marshaller),
            Err(error) => written(Status::SERVICE_ERROR, &error, invocation, marshaller),
        }
