// mistake: calls everybody forward already when one has expired
// killed by: gone_is_no_success
// says: an answer, and no success
// region: gone
        item.lease = None;
        match item.wanted {
            true => item.due = Some(now),
            false => _ = self.items.remove(&ticket),
        }
        for other in self.items.values_mut().filter(|other| other.attempts > 0 && other.due.is_some()) {
            other.due = Some(now);
        }
