// mistake: lets one more in
// killed by: as_many_as_allowed_are_let_in
// says: fewer than `limit` are inside
// region: enter
        let one_more = |inside: usize| (inside <= self.limit).then_some(inside + 1);
        self.inside.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_more).ok()?;
        Some(Pass { gate: self })
