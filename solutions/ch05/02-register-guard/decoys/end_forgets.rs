// mistake: end forgets the guard, so that drop does not come; the connection stays for ever
// killed by: nothing_of_a_guard_is_left
// says: the directory is still held, for ever
// region: end
        self.armed = true;
        let result = self.directory.take_out(self.id());
        std::mem::forget(self);
        result
