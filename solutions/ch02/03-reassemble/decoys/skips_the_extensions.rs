// mistake: steps over the extensions and forgets them
// killed by: extensions_are_no_body
// says: The extensions did not come along
// region: cut
        let Some(header) = Header::decode(&self.buffer, &self.limits)? else {
            return Ok(None);
        };
        let header_len = usize::from(header.header_len);
        let body_len = header.body_len as usize;
        if self.buffer.len() < header_len + body_len {
            return Ok(None);
        }
        drop(self.buffer.split_to(header_len));
        let body = self.buffer.split_to(body_len).freeze();
        Ok(Some(Frame {
            kind: header.kind,
            codec: header.codec,
            compressor: header.compressor,
            status: header.status,
            request_id: header.request_id,
            extensions: Extensions::none(),
            body,
        }))
