// mistake: says OK of the function's own error
// killed by: an_own_error_is_a_value_too
// says: The function ran and said no
// region: typed
        let arguments = match marshaller.read(&invocation.arguments) {
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
            Err(error) => written(Status::OK, &error, invocation, marshaller),
        }
