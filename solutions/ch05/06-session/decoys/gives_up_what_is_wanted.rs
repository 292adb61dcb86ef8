// mistake: gives up after five failures, wanted or not
// killed by: nothing_is_given_up_that_is_wanted
// says: Somebody has left the agenda
// region: failed
        if item.attempts >= DEREGISTER_ATTEMPTS || !item.wanted && item.lease.is_none() {
            self.items.remove(&ticket);
            return;
        }
        let pause = pause(item.attempts).min(self.renew_every);
        item.due = Some(now + spread(pause, &mut self.random));
