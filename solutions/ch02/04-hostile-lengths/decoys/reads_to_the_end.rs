// mistake: reads all there is, also what stands behind the body
// killed by: the_next_frame_stays_in_the_stream
// says: You read into the next frame
// region: read_body
    check(header, limits)?;
    let announced = header.body_len as usize;
    let mut body = Vec::new();
    match source.read_to_end(&mut body) {
        Ok(got) if got < announced => Err(BodyError::CutOff { expected: header.body_len, got }),
        Ok(_) => {
            body.truncate(announced);
            Ok(body)
        }
        Err(source) => Err(BodyError::Io { got: body.len(), source }),
    }
