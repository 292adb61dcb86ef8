// mistake: keeps id and body, and makes up the other fields
// killed by: a_stream_cut_anywhere
// says: Not what the header says: codec, compressor, status
// region: cut
        let Some(header) = Header::decode(&self.buffer, &self.limits)? else {
            return Ok(None);
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
            codec: 0,
            compressor: 0,
            status: ch02_protocol::Status::OK,
            request_id: header.request_id,
            extensions: Extensions::parse(extensions)?,
            body,
        }))
