// mistake: says something of its own before it gives up; nobody asked `serve` for it
// killed by: serving_tells_how_it_ended
// says: add no words of your own
// region: serve
        loop {
            match self.read_line() {
                Ok(Some(request)) => self.write_line(&service.call(&request))?,
                Ok(None) => return Ok(()),
                Err(error) => {
                    self.write_line(b"error too-long")?;
                    return Err(error);
                }
            }
        }
