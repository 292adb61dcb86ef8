// mistake: a second registration of an address gets the lease of the first
// killed by: a_restart_before_the_old_lease_ends_is_two_leases
// says: The leases a and b have one id
// region: register
        let same = |lease: &Lease| lease.service == service && lease.endpoint == endpoint;
        if let Some((id, _)) = self.leases.iter().find(|(_, lease)| same(lease)) {
            let id = *id;
            let _ = self.renew(now, id);
            return id;
        }
        self.last += 1;
        let id = LeaseId(self.last);
        let ttl = ttl.min(MAX_TTL);
        let deadline = now + ttl;
        self.leases.insert(id, Lease { service, endpoint, ttl, deadline });
        self.deadlines.insert((deadline, id));
        id
