// mistake: gives a place back once more when its call has panicked
// killed by: a_panic_gives_its_place_back
// says: and done there in any case: once
// region: leave
        self.gate.inside.fetch_sub(1, Ordering::SeqCst);
        if std::thread::panicking() {
            self.gate.inside.fetch_sub(1, Ordering::SeqCst);
        }
