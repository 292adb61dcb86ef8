// mistake: takes no extensions when they are wrong
// killed by: extensions_that_do_not_fit_are_an_error
// says: An extension is longer than the header
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
            codec: header.codec,
            compressor: header.compressor,
            status: header.status,
            request_id: header.request_id,
            extensions: Extensions::parse(extensions).unwrap_or_default(),
            body,
        }))
