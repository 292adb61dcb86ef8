// mistake: calls on who is refused after each renewal of others
// killed by: success_after_success_brings_nobody_forward
// says: says nothing new
// region: went_well
        item.attempts = 0;
        item.due = Some(if item.wanted { now + self.renew_every } else { now });
        if item.wanted {
            for other in self.items.values_mut().filter(|other| other.attempts > 0 && other.due.is_some()) {
                other.due = Some(now);
            }
        }
