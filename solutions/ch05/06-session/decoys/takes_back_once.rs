// mistake: gives up after the first failure
// killed by: who_is_being_worked_on_is_taken_back_afterwards
// says: Somebody has left the agenda
// region: failed
        if !item.wanted {
            self.items.remove(&ticket);
            return;
        }
        let pause = pause(item.attempts).min(self.renew_every);
        item.due = Some(now + spread(pause, &mut self.random));
