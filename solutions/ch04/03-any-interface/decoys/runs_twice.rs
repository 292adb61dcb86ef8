// mistake: calls the function again for its error
// killed by: the_answer_is_in_the_codec_of_the_question
// says: Call `f` once
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
        if let Ok(again) = marshaller.read(&invocation.arguments) {
            let _ = f(again);
        }
        match f(arguments) {
            Ok(value) => written(Status::OK, &value, invocation, marshaller),
            Err(error) => written(Status::SERVICE_ERROR, &error, invocation, marshaller),
        }
