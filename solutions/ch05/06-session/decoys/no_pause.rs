// mistake: tries again at once
// killed by: each_failure_in_a_row_waits_longer
// says: the agenda says: register A
// region: failed
        if !item.wanted && (item.lease.is_none() || item.attempts >= DEREGISTER_ATTEMPTS) {
            self.items.remove(&ticket);
            return;
        }
        let pause = pause(item.attempts).min(self.renew_every);
        let _ = pause;
        item.due = Some(now);
