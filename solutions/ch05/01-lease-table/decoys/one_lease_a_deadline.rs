// mistake: of two leases that end together only one is in the queue
// killed by: a_renewal_that_comes_too_late_is_refused
// says: was not reported
// region: register
        self.last += 1;
        let id = LeaseId(self.last);
        let ttl = ttl.min(MAX_TTL);
        let deadline = now + ttl;
        self.leases.insert(id, Lease { service, endpoint, ttl, deadline });
        if self.deadlines.iter().all(|(other, _)| *other != deadline) {
            self.deadlines.insert((deadline, id));
        }
        id
