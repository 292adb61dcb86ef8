// mistake: unwraps the arguments
// killed by: bad_arguments_are_answered_with_109
// says: Whatever a stranger sends is answered
// region: typed
        let arguments = marshaller.read(&invocation.arguments).expect("good arguments");
        match f(arguments) {
            Ok(value) => written(Status::OK, &value, invocation, marshaller),
            Err(error) => written(Status::SERVICE_ERROR, &error, invocation, marshaller),
        }
