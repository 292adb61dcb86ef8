// mistake: gives two places back for one
// killed by: a_place_is_given_back_once
// says: Two were inside, and one has left
// region: leave
        self.gate.inside.fetch_sub(1, Ordering::SeqCst);
        self.gate.inside.fetch_sub(1, Ordering::SeqCst);
