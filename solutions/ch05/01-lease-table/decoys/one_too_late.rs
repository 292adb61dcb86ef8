// mistake: at its deadline a lease still lasts
// killed by: a_lease_ends_at_its_deadline
// says: Lease a was over at +10000 ms, and was not reported
// region: expire
        let mut over = Vec::new();
        while let Some(&(deadline, id)) = self.deadlines.first()
            && deadline < now
        {
            self.deadlines.pop_first();
            if let Some(Lease { service, endpoint, .. }) = self.leases.remove(&id) {
                over.push(Expired { lease: id, service, endpoint });
            }
        }
        over
