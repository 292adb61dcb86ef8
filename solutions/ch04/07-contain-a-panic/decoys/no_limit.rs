// mistake: counts, and refuses nobody
// killed by: as_many_as_allowed_are_let_in
// says: fewer than `limit` are inside
// region: enter
        self.inside.fetch_add(1, Ordering::SeqCst);
        Some(Pass { gate: self })
