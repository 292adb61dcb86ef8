// mistake: end forgets the guard, and nobody is told
// killed by: ending_tells_the_directory_once
// says: Was the directory told once?
// region: end
        self.armed = false;
        std::mem::forget(self);
        Ok(())
