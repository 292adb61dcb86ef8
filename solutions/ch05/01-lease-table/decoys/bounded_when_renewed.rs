// mistake: the first deadline is what was asked for, and only a renewal is bounded
// killed by: nobody_gets_more_than_a_minute
// says: neither at first nor with a renewal
// region: register
        self.last += 1;
        let id = LeaseId(self.last);
        let deadline = now.checked_add(ttl).unwrap_or(now + MAX_TTL);
        self.leases.insert(id, Lease { service, endpoint, ttl: ttl.min(MAX_TTL), deadline });
        self.deadlines.insert((deadline, id));
        id
