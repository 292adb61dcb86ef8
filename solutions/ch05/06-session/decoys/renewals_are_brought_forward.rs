// mistake: one success makes all renewals at once, too
// killed by: one_success_brings_the_others_forward
// says: goes on waiting
// region: went_well
        let failed_before = std::mem::take(&mut item.attempts) > 0;
        item.due = Some(if item.wanted { now + self.renew_every } else { now });
        if failed_before {
            for other in self.items.values_mut().filter(|other| other.due.is_some()) {
                other.due = Some(now);
            }
        }
