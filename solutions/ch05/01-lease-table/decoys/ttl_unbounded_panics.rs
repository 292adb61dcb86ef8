// mistake: adds whatever it gets
// killed by: nobody_gets_more_than_a_minute
// says: the registry is down, for everybody
// region: register
        self.last += 1;
        let id = LeaseId(self.last);
        self.leases.insert(id, Lease { service, endpoint, ttl, deadline: now + ttl });
        self.deadlines.insert((now + ttl, id));
        id
