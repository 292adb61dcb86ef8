// mistake: drop does nothing while a panic is on its way
// killed by: a_panic_takes_the_provider_out
// says: This is what guards are for
// region: drop
        if self.armed && !std::thread::panicking() {
            let _ = self.directory.take_out(self.id());
        }
