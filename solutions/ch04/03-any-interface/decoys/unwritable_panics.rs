// mistake: unwraps the answer
// killed by: an_answer_that_cannot_be_written_is_answered_with_201
// says: so is what cannot be written
// region: written
    let codec = invocation.arguments.format.codec;
    let compressor = marshaller.accepted(invocation.accept());
    let Body { format: Format { codec, compressor }, bytes: body } =
        marshaller.write(Format { codec, compressor }, value).expect("an answer");
    Reply { status, codec, compressor, body }
