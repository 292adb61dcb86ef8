// mistake: stops at whatever is no line and reports that all is well
// killed by: serving_tells_how_it_ended
// says: nobody learns how
// region: serve
        while let Ok(Some(request)) = self.read_line() {
            self.write_line(&service.call(&request))?;
        }
        Ok(())
