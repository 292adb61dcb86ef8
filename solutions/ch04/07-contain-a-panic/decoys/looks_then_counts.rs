// mistake: looks whether there is room, and counts in a second step
// killed by: two_do_not_get_the_same_place
// says: somebody else can look, and both count
// region: enter
        if self.inside() >= self.limit {
            return None;
        }
        self.inside.fetch_add(1, Ordering::SeqCst);
        Some(Pass { gate: self })
