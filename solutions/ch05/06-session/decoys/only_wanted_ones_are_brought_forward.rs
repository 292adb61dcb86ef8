// mistake: lets those wait that have to be taken back
// killed by: a_renewal_that_goes_well_again_brings_the_others_forward
// says: It is time to deregister A
// region: went_well
        let failed_before = std::mem::take(&mut item.attempts) > 0;
        item.due = Some(if item.wanted { now + self.renew_every } else { now });
        if failed_before {
            for other in self.items.values_mut().filter(|other| other.wanted && other.attempts > 0 && other.due.is_some()) {
                other.due = Some(now);
            }
        }
