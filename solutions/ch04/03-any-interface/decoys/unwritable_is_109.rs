// mistake: says of an answer that cannot be written that the arguments are bad
// killed by: an_answer_that_cannot_be_written_is_answered_with_201
// says: perhaps an order is placed
// region: written
    let codec = invocation.arguments.format.codec;
    let compressor = marshaller.accepted(invocation.accept());
    match marshaller.write(Format { codec, compressor }, value) {
        Ok(Body { format: Format { codec, compressor }, bytes: body }) => {
            Reply { status, codec, compressor, body }
        }
        Err(error) => Reply::new(Status::BAD_ARGUMENTS, error.to_string()),
    }
