// mistake: lets renewals wait that have failed
// killed by: gone_is_no_success
// says: brings the others forward
// region: went_well
        let failed_before = std::mem::take(&mut item.attempts) > 0;
        item.due = Some(if item.wanted { now + self.renew_every } else { now });
        if failed_before {
            for other in self.items.values_mut().filter(|other| other.lease.is_none() && other.attempts > 0 && other.due.is_some()) {
                other.due = Some(now);
            }
        }
