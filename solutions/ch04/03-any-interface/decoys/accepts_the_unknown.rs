// mistake: takes the first compressor that is accepted, known or not
// killed by: the_answer_is_compressed_as_the_question_accepts
// says: passes over what it does not know
// region: written
    let codec = invocation.arguments.format.codec;
    let compressor = invocation.accept().first().copied().unwrap_or(0);
    match marshaller.write(Format { codec, compressor }, value) {
        Ok(Body { format: Format { codec, compressor }, bytes: body }) => {
            Reply { status, codec, compressor, body }
        }
        Err(error) => Reply::new(Status::INTERNAL, error.to_string()),
    }
