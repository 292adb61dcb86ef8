// mistake: writes the own error as a text for people
// killed by: an_own_error_is_a_value_too
// says: the codec byte says: plain bytes
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
            Err(error) => match marshaller.write(Format { codec: 1, compressor: 0 }, &error) {
                Ok(body) => Reply::new(Status::SERVICE_ERROR, body.bytes),
                Err(error) => Reply::new(Status::INTERNAL, error.to_string()),
            },
        }
