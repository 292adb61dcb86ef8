// mistake: takes all that stands behind the 24 bytes for the body
// killed by: a_body_is_a_slice_of_the_buffer
// says: not as they were sent
// region: cut
        let Some(header) = Header::decode(&self.buffer, &self.limits)? else {
            return Ok(None);
        };
        let header_len = usize::from(header.header_len);
        let body_len = header.body_len as usize;
        if self.buffer.len() < header_len + body_len {
            return Ok(None);
        }
        let mut frame = self.buffer.split_to(header_len + body_len).freeze();
        let extensions = frame.slice(HEADER_LEN..header_len);
        let body = frame.split_off(HEADER_LEN);
        Ok(Some(Frame {
            kind: header.kind,
            codec: header.codec,
            compressor: header.compressor,
            status: header.status,
            request_id: header.request_id,
            extensions: Extensions::parse(extensions)?,
            body,
        }))
