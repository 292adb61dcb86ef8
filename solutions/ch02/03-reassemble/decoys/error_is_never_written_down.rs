// mistake: looks at everything before it takes anything, and never writes the error down
// killed by: after_an_error_nothing_is_kept
// says: Write the first error into `failed`
// region: next_frame
        self.cut()
// region: cut
        let Some(header) = Header::decode(&self.buffer, &self.limits)? else {
            return Ok(None);
        };
        let header_len = usize::from(header.header_len);
        let body_len = header.body_len as usize;
        if self.buffer.len() < header_len + body_len {
            return Ok(None);
        }
        Extensions::parse(bytes::Bytes::copy_from_slice(&self.buffer[HEADER_LEN..header_len]))?;
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
