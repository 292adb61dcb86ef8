// mistake: waits for the next renewal after a failure
// killed by: a_disconnect_is_not_an_expiry
// says: It is time to renew A
// region: failed
        if !item.wanted && (item.lease.is_none() || item.attempts >= DEREGISTER_ATTEMPTS) {
            self.items.remove(&ticket);
            return;
        }
        let pause = self.renew_every;
        item.due = Some(now + spread(pause, &mut self.random));
