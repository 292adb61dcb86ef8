// mistake: drop panics when the directory is away
// killed by: dropping_survives_a_no
// says: A second panic on top of it ends the whole process
// region: drop
        if self.armed {
            self.directory.take_out(self.id()).expect("the directory answers");
        }
