// mistake: end leaves it to drop, and says that all went well
// killed by: ending_says_how_it_went
// says: who asked does not hear of that
// region: end
        self.armed = true;
        drop(self);
        Ok(())
