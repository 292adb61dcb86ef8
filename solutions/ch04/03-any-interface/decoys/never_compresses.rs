// mistake: never compresses an answer
// killed by: the_answer_is_compressed_as_the_question_accepts
// says: this one is long
// region: written
    let codec = invocation.arguments.format.codec;
    let compressor = 0;
    match marshaller.write(Format { codec, compressor }, value) {
        Ok(Body { format: Format { codec, compressor }, bytes: body }) => {
            Reply { status, codec, compressor, body }
        }
        Err(error) => Reply::new(Status::INTERNAL, error.to_string()),
    }
