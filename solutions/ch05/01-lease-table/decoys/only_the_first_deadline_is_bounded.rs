// mistake: the first deadline is bounded, and each renewal gives what was asked for
// killed by: nobody_gets_more_than_a_minute
// says: nobody gets more than MAX_TTL
// region: register
        self.last += 1;
        let id = LeaseId(self.last);
        let deadline = now + ttl.min(MAX_TTL);
        self.leases.insert(id, Lease { service, endpoint, ttl, deadline });
        self.deadlines.insert((deadline, id));
        id
