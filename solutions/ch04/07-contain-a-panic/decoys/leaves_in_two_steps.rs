// mistake: looks how many are inside, and writes one less
// killed by: whoever_leaves_is_taken_off_alone
// says: writes over whatever happened in between
// region: leave
        let inside = self.gate.inside();
        self.gate.inside.store(inside - 1, Ordering::SeqCst);
