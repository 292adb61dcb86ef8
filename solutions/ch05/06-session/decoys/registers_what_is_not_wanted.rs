// mistake: a registration that came too late is renewed
// killed by: who_is_being_worked_on_is_taken_back_afterwards
// says: It is time to deregister A
// region: went_well
        let failed_before = std::mem::take(&mut item.attempts) > 0;
        item.due = Some(now + self.renew_every);
        if failed_before {
            for other in self.items.values_mut().filter(|other| other.attempts > 0 && other.due.is_some()) {
                other.due = Some(now);
            }
        }
