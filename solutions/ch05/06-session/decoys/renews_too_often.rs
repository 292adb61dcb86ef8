// mistake: renews three times as often as it was told
// killed by: what_is_wanted_is_registered_and_renewed
// says: A lease is renewed `renew_every` after
// region: went_well
        let failed_before = std::mem::take(&mut item.attempts) > 0;
        item.due = Some(if item.wanted { now + self.renew_every / 3 } else { now });
        if failed_before {
            for other in self.items.values_mut().filter(|other| other.attempts > 0 && other.due.is_some()) {
                other.due = Some(now);
            }
        }
