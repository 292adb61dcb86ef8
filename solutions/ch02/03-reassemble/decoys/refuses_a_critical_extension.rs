// mistake: ends the stream at a critical extension that nobody knows
// killed by: extensions_are_no_body
// says: not the decoder's business
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
        let extensions = Extensions::parse(extensions)?;
        if extensions.unknown_critical(&[1, 2, 3]).is_some() {
            return Err(DecodeError::BadExtension { at: HEADER_LEN, reason: ch02_protocol::error::ExtensionFault::Zero });
        }
        Ok(Some(Frame {
            kind: header.kind,
            codec: header.codec,
            compressor: header.compressor,
            status: header.status,
            request_id: header.request_id,
            extensions,
            body,
        }))
