// mistake: counts its own failures still when it looks for others
// killed by: a_disconnect_is_not_an_expiry
// says: is not one of those who are brought forward
// region: went_well
        let failed_before = item.attempts > 0;
        item.due = Some(if item.wanted { now + self.renew_every } else { now });
        if failed_before {
            for other in self.items.values_mut().filter(|other| other.attempts > 0 && other.due.is_some()) {
                other.due = Some(now);
            }
        }
        if let Some(item) = self.items.get_mut(&ticket) {
            item.attempts = 0;
        }
