// mistake: adds 24 to a header length that counts them already
// killed by: two_frames_in_one_read
// says: 24 bytes too many
// region: cut
        let Some(header) = Header::decode(&self.buffer, &self.limits)? else {
            return Ok(None);
        };
        let header_len = usize::from(header.header_len);
        let whole = HEADER_LEN + header_len + header.body_len as usize;
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
