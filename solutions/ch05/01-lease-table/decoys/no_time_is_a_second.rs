// mistake: a ttl of zero becomes a second
// killed by: a_lease_of_no_time_is_over_at_once
// says: at its deadline a lease is over
// region: register
        self.last += 1;
        let id = LeaseId(self.last);
        let ttl = if ttl.is_zero() { Duration::from_secs(1) } else { ttl.min(MAX_TTL) };
        let deadline = now + ttl;
        self.leases.insert(id, Lease { service, endpoint, ttl, deadline });
        self.deadlines.insert((deadline, id));
        id
