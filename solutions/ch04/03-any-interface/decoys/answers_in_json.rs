// mistake: answers in JSON, whatever was asked in
// killed by: the_answer_is_in_the_codec_of_the_question
// says: may be able to read no other
// region: written
    let codec = 1;
    let compressor = marshaller.accepted(invocation.accept());
    match marshaller.write(Format { codec, compressor }, value) {
        Ok(Body { format: Format { codec, compressor }, bytes: body }) => {
            Reply { status, codec, compressor, body }
        }
        Err(error) => Reply::new(Status::INTERNAL, error.to_string()),
    }
