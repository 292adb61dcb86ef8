// mistake: refuses with a pass in its hand: it is dropped, and takes one off
// killed by: as_many_as_allowed_are_let_in
// says: refused has no pass that could be dropped
// region: enter
        let pass = Pass { gate: self };
        let one_more = |inside: usize| (inside < self.limit).then_some(inside + 1);
        self.inside.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_more).ok()?;
        Some(pass)
