// mistake: all wait for the same time
// killed by: not_everybody_comes_at_once
// says: goes down again
// region: failed
        if !item.wanted && (item.lease.is_none() || item.attempts >= DEREGISTER_ATTEMPTS) {
            self.items.remove(&ticket);
            return;
        }
        let pause = pause(item.attempts).min(self.renew_every);
        item.due = Some(now + pause);
