// mistake: end takes the entry out, and so does the drop that follows
// killed by: ending_tells_the_directory_once
// says: `drop` still comes after it
// region: end
        self.armed = true;
        self.directory.take_out(self.id())
