// mistake: gives the place back when all went well
// killed by: a_panic_gives_its_place_back
// says: what must happen in any case is done in a `drop`
// region: leave
        if !std::thread::panicking() {
            self.gate.inside.fetch_sub(1, Ordering::SeqCst);
        }
