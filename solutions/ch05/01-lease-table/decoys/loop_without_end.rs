// mistake: looks at the first deadline again and again, and leaves it where it is
// killed by: a_lease_ends_at_its_deadline
// says: Does each round of its loop take something out?
// region: expire
        let mut over = Vec::new();
        while let Some(&(deadline, id)) = self.deadlines.first()
            && deadline <= now
        {
            if let Some(Lease { service, endpoint, .. }) = self.leases.remove(&id) {
                over.push(Expired { lease: id, service, endpoint });
            }
        }
        over
