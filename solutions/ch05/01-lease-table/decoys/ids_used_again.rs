// mistake: the next id is the largest one in the table and one more
// killed by: an_id_is_never_given_again
// says: The leases a and b have one id
// region: register
        let id = LeaseId(self.leases.last_key_value().map_or(1, |(LeaseId(last), _)| last + 1));
        let ttl = ttl.min(MAX_TTL);
        let deadline = now + ttl;
        self.leases.insert(id, Lease { service, endpoint, ttl, deadline });
        self.deadlines.insert((deadline, id));
        id
