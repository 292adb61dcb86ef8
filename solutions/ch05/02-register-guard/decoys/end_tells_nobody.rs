// mistake: end says that nothing is left, before anything was done
// killed by: ending_tells_the_directory_once
// says: Was the directory told once?
// region: end
        self.armed = false;
        Ok(())
