// mistake: looks at the number itself, and counts in a second step
// killed by: two_do_not_get_the_same_place
// says: somebody else can look, and both count
// region: enter
        let inside = self.inside.load(Ordering::SeqCst);
        if inside >= self.limit {
            return None;
        }
        self.inside.store(inside + 1, Ordering::SeqCst);
        Some(Pass { gate: self })
