// mistake: takes the lock first, and asks the directory with it in hand
// killed by: nobody_waits_while_the_directory_is_asked
// says: it is held during: enter 127.0.0.1:7052; take out entry 1
// region: replace
        let mut entry = self.lock();
        let id = self.directory.enter(&self.service, &endpoint)?;
        let old = std::mem::replace(&mut *entry, Entry { id, endpoint });
        self.directory.take_out(old.id)
