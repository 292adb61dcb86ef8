// mistake: says the codec and forgets the compressor
// killed by: the_answer_is_compressed_as_the_question_accepts
// says: `marshaller.accepted` finds
// region: written
    let codec = invocation.arguments.format.codec;
    let compressor = marshaller.accepted(invocation.accept());
    match marshaller.write(Format { codec, compressor }, value) {
        Ok(Body { format: Format { codec, compressor }, bytes: body }) => {
            { let _ = compressor; Reply { codec, ..Reply::new(status, body) } }
        }
        Err(error) => Reply::new(Status::INTERNAL, error.to_string()),
    }
