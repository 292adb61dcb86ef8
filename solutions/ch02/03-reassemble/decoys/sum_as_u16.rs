// mistake: adds both lengths as two bytes
// killed by: lengths_are_not_cut
// says: `as u16` kept the lower two bytes
// region: cut
        let Some(header) = Header::decode(&self.buffer, &self.limits)? else {
            return Ok(None);
        };
        let header_len = usize::from(header.header_len);
        let whole = (header.header_len + header.body_len as u16) as usize;
        if self.buffer.len() < whole {
            return Ok(None);
        }
        let mut head = self.buffer.split_to(whole).freeze();
        let body = head.split_off(header_len);
        let extensions = head.split_off(HEADER_LEN);
        Ok(Some(Frame {
            kind: header.kind,
            codec: header.codec,
            compressor: header.compressor,
            status: header.status,
            request_id: header.request_id,
            extensions: Extensions::parse(extensions)?,
            body,
        }))
