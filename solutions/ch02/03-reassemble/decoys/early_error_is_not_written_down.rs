// mistake: writes an error down only when a whole header has come
// killed by: after_an_error_nothing_is_kept
// says: Write the first error into `failed`
// region: next_frame
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let came = self.buffer.len();
        self.cut().inspect_err(|error| {
            if came >= HEADER_LEN {
                self.failed = Some(error.clone());
            }
        })
