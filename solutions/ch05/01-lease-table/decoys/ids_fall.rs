// mistake: later leases get smaller ids
// killed by: an_id_is_never_given_again
// says: Who came later has the larger id
// region: register
        self.last += 1;
        let id = LeaseId(u64::MAX - self.last);
        let ttl = ttl.min(MAX_TTL);
        let deadline = now + ttl;
        self.leases.insert(id, Lease { service, endpoint, ttl, deadline });
        self.deadlines.insert((deadline, id));
        id
