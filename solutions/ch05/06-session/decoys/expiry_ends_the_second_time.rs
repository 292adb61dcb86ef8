// mistake: registers again after the first expiry only
// killed by: after_an_expiry_it_is_registered_at_once
// says: may expire again
// region: gone
        item.lease = None;
        match item.wanted && item.attempts == 0 {
            true => {
                item.due = Some(now);
                item.attempts = u32::MAX;
            }
            false => _ = self.items.remove(&ticket),
        }
// region: went_well
        let failed_before = item.attempts > 0 && item.attempts < u32::MAX;
        if failed_before {
            item.attempts = 0;
        }
        item.due = Some(if item.wanted { now + self.renew_every } else { now });
        if failed_before {
            for other in self.items.values_mut().filter(|other| other.attempts > 0 && other.due.is_some()) {
                other.due = Some(now);
            }
        }
