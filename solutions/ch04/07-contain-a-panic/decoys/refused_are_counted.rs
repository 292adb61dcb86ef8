// mistake: counts first, looks then, and does not take back
// killed by: as_many_as_allowed_are_let_in
// says: nobody would take it off again
// region: enter
        if self.inside.fetch_add(1, Ordering::SeqCst) >= self.limit {
            return None;
        }
        Some(Pass { gate: self })
