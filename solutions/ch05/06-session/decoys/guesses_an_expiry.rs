// mistake: takes a lease for dead after ten failures
// killed by: a_disconnect_is_not_an_expiry
// says: Who registers anew is listed twice
// region: failed
        if item.attempts >= 10 && item.wanted {
            item.lease = None;
        }
        if !item.wanted && (item.lease.is_none() || item.attempts >= DEREGISTER_ATTEMPTS) {
            self.items.remove(&ticket);
            return;
        }
        let pause = pause(item.attempts).min(self.renew_every);
        item.due = Some(now + spread(pause, &mut self.random));
