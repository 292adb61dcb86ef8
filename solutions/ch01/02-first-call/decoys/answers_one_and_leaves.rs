// mistake: serves one request per connection
// killed by: every_line_is_answered_in_order
// says: not for one request only
// region: serve
        if let Some(request) = self.read_line()? {
            self.write_line(&service.call(&request))?;
        }
        Ok(())
