// mistake: a lease lasts for as long as its provider asks
// killed by: nobody_gets_more_than_a_minute
// says: nobody gets more than MAX_TTL
// region: register
        self.last += 1;
        let id = LeaseId(self.last);
        let deadline = now.checked_add(ttl).unwrap_or(now + MAX_TTL);
        self.leases.insert(id, Lease { service, endpoint, ttl, deadline });
        self.deadlines.insert((deadline, id));
        id
