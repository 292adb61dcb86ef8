// mistake: looks, and does not count
// killed by: as_many_as_allowed_are_let_in
// says: As many came as there are places
// region: enter
        if self.inside.load(Ordering::SeqCst) >= self.limit {
            return None;
        }
        Some(Pass { gate: self })
