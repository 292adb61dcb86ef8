// mistake: takes a part away, and bounds afterwards
// killed by: not_everybody_comes_at_once
// says: some forty different pauses
// region: failed
        if !item.wanted && (item.lease.is_none() || item.attempts >= DEREGISTER_ATTEMPTS) {
            self.items.remove(&ticket);
            return;
        }
        let pause = pause(item.attempts);
        item.due = Some(now + spread(pause, &mut self.random).min(self.renew_every));
