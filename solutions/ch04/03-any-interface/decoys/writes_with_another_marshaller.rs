// mistake: writes with a new marshaller
// killed by: the_marshaller_is_the_servers
// says: Another one knows something else
// region: written
    let codec = invocation.arguments.format.codec;
    let compressor = marshaller.accepted(invocation.accept());
    match Marshaller::default().write(Format { codec, compressor }, value) {
        Ok(Body { format: Format { codec, compressor }, bytes: body }) => {
            Reply { status, codec, compressor, body }
        }
        Err(error) => Reply::new(Status::INTERNAL, error.to_string()),
    }
