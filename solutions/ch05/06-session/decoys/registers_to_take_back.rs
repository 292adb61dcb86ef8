// mistake: tries again to register what nobody wants
// killed by: who_is_being_worked_on_is_taken_back_afterwards
// says: Somebody is kept in the agenda
// region: failed
        if !item.wanted && item.attempts >= DEREGISTER_ATTEMPTS {
            self.items.remove(&ticket);
            return;
        }
        let pause = pause(item.attempts).min(self.renew_every);
        item.due = Some(now + spread(pause, &mut self.random));
