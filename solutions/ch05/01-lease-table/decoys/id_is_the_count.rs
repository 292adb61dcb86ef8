// mistake: the id is how many leases there are
// killed by: an_id_is_never_given_again
// says: The leases a and b have one id
// region: register
        let id = LeaseId(self.leases.len() as u64);
        let ttl = ttl.min(MAX_TTL);
        let deadline = now + ttl;
        self.leases.insert(id, Lease { service, endpoint, ttl, deadline });
        self.deadlines.insert((deadline, id));
        id
