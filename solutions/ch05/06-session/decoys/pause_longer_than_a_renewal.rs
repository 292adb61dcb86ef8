// mistake: forgets that the lease ends meanwhile
// killed by: no_pause_is_longer_than_a_renewal
// says: before the lease ends
// region: failed
        if !item.wanted && (item.lease.is_none() || item.attempts >= DEREGISTER_ATTEMPTS) {
            self.items.remove(&ticket);
            return;
        }
        let pause = pause(item.attempts);
        item.due = Some(now + spread(pause, &mut self.random));
