// mistake: end asks again when the directory did not answer
// killed by: ending_says_how_it_went
// says: who asked does not hear of that
// region: end
        self.armed = false;
        let id = self.id();
        self.directory.take_out(id).or_else(|_| self.directory.take_out(id))
