// mistake: gives the error of writing its own status, 101
// killed by: an_answer_that_cannot_be_written_is_answered_with_201
// says: he does not know what to think
// region: written
    let codec = invocation.arguments.format.codec;
    let compressor = marshaller.accepted(invocation.accept());
    match marshaller.write(Format { codec, compressor }, value) {
        Ok(Body { format: Format { codec, compressor }, bytes: body }) => {
            Reply { status, codec, compressor, body }
        }
        Err(error) => Reply::new(error.status(), error.to_string()),
    }
