// mistake: takes the header out before the body is there, and loses it
// killed by: a_stream_cut_anywhere
// says: Did you take the header before its body was there
// region: cut
        let Some(header) = Header::decode(&self.buffer, &self.limits)? else {
            return Ok(None);
        };
        let header_len = usize::from(header.header_len);
        let body_len = header.body_len as usize;
        if self.buffer.len() < header_len {
            return Ok(None);
        }
        let mut head = self.buffer.split_to(header_len).freeze();
        let extensions = head.split_off(HEADER_LEN);
        if self.buffer.len() < body_len {
            return Ok(None);
        }
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
