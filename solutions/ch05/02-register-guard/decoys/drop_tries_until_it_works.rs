// mistake: drop asks until the directory does it
// killed by: dropping_survives_a_no
// says: holds up whoever leaves
// region: drop
        if self.armed {
            while self.directory.take_out(self.id()).is_err() {}
        }
