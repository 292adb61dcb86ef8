// mistake: does not say how the answer is written
// killed by: the_answer_is_in_the_codec_of_the_question
// says: the codec byte says: plain bytes
// region: written
    let codec = invocation.arguments.format.codec;
    let compressor = marshaller.accepted(invocation.accept());
    match marshaller.write(Format { codec, compressor }, value) {
        Ok(Body { format: Format { codec, compressor }, bytes: body }) => {
            { let _ = (codec, compressor); Reply::new(status, body) }
        }
        Err(error) => Reply::new(Status::INTERNAL, error.to_string()),
    }
