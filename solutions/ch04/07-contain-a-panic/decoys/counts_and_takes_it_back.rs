// mistake: counts everybody, and takes it back from who is refused
// killed by: a_refusal_is_not_counted_for_a_moment
// says: is inside in the meantime
// region: enter
        if self.inside.fetch_add(1, Ordering::SeqCst) >= self.limit {
            self.inside.fetch_sub(1, Ordering::SeqCst);
            return None;
        }
        Some(Pass { gate: self })
