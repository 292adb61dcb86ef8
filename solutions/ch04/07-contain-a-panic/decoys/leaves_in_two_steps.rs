// mistake: looks how many are inside, and writes one less
// killed by: two_do_not_get_the_same_place
// says: nobody gets in between
// region: leave
        let inside = self.gate.inside();
        self.gate.inside.store(inside - 1, Ordering::SeqCst);
