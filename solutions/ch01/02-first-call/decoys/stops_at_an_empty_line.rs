// mistake: takes an empty line for the end, as HTTP ends its header
// killed by: every_line_is_answered_in_order
// says: not up to an empty line
// region: serve
        while let Some(request) = self.read_line()? {
            if request.is_empty() {
                break;
            }
            self.write_line(&service.call(&request))?;
        }
        Ok(())
