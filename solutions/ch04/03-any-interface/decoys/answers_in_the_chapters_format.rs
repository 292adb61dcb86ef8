// mistake: answers in the proxy's own codec
// killed by: the_answer_is_in_the_codec_of_the_question
// says: The codec of the question is that of the answer
// region: written
    let codec = 5;
    let compressor = marshaller.accepted(invocation.accept());
    match marshaller.write(Format { codec, compressor }, value) {
        Ok(Body { format: Format { codec, compressor }, bytes: body }) => {
            Reply { status, codec, compressor, body }
        }
        Err(error) => Reply::new(Status::INTERNAL, error.to_string()),
    }
