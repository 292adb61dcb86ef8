// mistake: does not set the failures back after a success
// killed by: a_success_ends_the_counting
// says: A success ends the counting
// region: went_well
        let failed_before = item.attempts > 0;
        item.due = Some(if item.wanted { now + self.renew_every } else { now });
        if failed_before {
            for other in self.items.values_mut().filter(|other| other.attempts > 0 && other.due.is_some()) {
                other.due = Some(now);
            }
        }
