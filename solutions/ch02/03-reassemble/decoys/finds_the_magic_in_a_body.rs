// mistake: looks for the next magic number to find the end of a frame
// killed by: a_body_may_contain_frames
// says: and you ran it
// region: cut
        let Some(header) = Header::decode(&self.buffer, &self.limits)? else {
            return Ok(None);
        };
        let header_len = usize::from(header.header_len);
        let behind = self.buffer.get(header_len..).unwrap_or_default();
        let body_len =
            behind.windows(4).position(|four| four == b"yrpc").unwrap_or(header.body_len as usize);
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
