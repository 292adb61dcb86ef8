// mistake: empties the gate when one leaves
// killed by: a_place_is_given_back_once
// says: Two were inside, and one has left
// region: leave
        self.gate.inside.store(0, Ordering::SeqCst);
