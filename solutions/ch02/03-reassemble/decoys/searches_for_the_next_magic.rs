// mistake: goes on at the next magic number after a wrong one
// killed by: frames_before_the_wrong_byte_come_out
// says: You searched for the next
// region: cut
        let header = loop {
            match Header::decode(&self.buffer, &self.limits) {
                Ok(Some(header)) => break header,
                Ok(None) => return Ok(None),
                Err(DecodeError::WrongMagic { .. }) => {
                    let next = self.buffer[1..].windows(4).position(|four| four == b"yrpc");
                    let skip = next.map_or(self.buffer.len(), |at| at + 1);
                    drop(self.buffer.split_to(skip));
                }
                Err(error) => return Err(error),
            }
        };
        let header_len = usize::from(header.header_len);
        let body_len = header.body_len as usize;
        if self.buffer.len() < header_len + body_len {
            return Ok(None);
        }
        let mut head = self.buffer.split_to(header_len).freeze();
        let extensions = head.split_off(HEADER_LEN);
        let body = self.buffer.split_to(body_len).freeze();
        Ok(Some(Frame {
            kind: header.kind,
            codec: header.codec,
            compressor: header.compressor,
            status: header.status,
            request_id: header.request_id,
            extensions: Extensions::parse(extensions)?,
            body,
        }))
