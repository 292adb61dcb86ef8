// mistake: tries to deregister until the end of time
// killed by: taking_back_is_given_up_after_five_failures
// says: its lease ends it
// region: failed
        if !item.wanted && item.lease.is_none() {
            self.items.remove(&ticket);
            return;
        }
        let pause = pause(item.attempts).min(self.renew_every);
        item.due = Some(now + spread(pause, &mut self.random));
