// mistake: names the compressor that was accepted, also for an answer that was sent raw
// killed by: the_answer_is_compressed_as_the_question_accepts
// says: what is short is sent raw
// region: written
    let codec = invocation.arguments.format.codec;
    let compressor = marshaller.accepted(invocation.accept());
    match marshaller.write(Format { codec, compressor }, value) {
        Ok(Body { bytes: body, .. }) => {
            Reply { status, codec, compressor, body }
        }
        Err(error) => Reply::new(Status::INTERNAL, error.to_string()),
    }
