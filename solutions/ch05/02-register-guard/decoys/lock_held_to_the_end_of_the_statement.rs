// mistake: the guard of the lock lives to the end of the statement that asks the directory
// killed by: nobody_waits_while_the_directory_is_asked
// says: it is held during: take out entry 1
// region: replace
        let id = self.directory.enter(&self.service, &endpoint)?;
        self.directory.take_out(std::mem::replace(&mut *self.lock(), Entry { id, endpoint }).id)
