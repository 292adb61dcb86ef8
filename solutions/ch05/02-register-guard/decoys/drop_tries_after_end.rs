// mistake: when end did not work, drop asks once more
// killed by: ending_says_how_it_went
// says: It is asked once
// region: end
        let result = self.directory.take_out(self.id());
        self.armed = result.is_err();
        result
