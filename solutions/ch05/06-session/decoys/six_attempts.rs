// mistake: counts the first failure from zero
// killed by: taking_back_is_given_up_after_five_failures
// says: may fail five times
// region: failed
        if !item.wanted && (item.lease.is_none() || item.attempts > DEREGISTER_ATTEMPTS) {
            self.items.remove(&ticket);
            return;
        }
        let pause = pause(item.attempts).min(self.renew_every);
        item.due = Some(now + spread(pause, &mut self.random));
