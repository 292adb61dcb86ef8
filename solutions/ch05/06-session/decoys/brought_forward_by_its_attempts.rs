// mistake: one success makes the failures of others undone
// killed by: one_success_brings_the_others_forward
// says: The agenda rests, and for the wrong time
// region: went_well
        let failed_before = std::mem::take(&mut item.attempts) > 0;
        item.due = Some(if item.wanted { now + self.renew_every } else { now });
        if failed_before {
            for other in self.items.values_mut().filter(|other| other.attempts > 0 && other.due.is_some()) {
                other.attempts = 0;
                other.due = Some(now);
            }
        }
