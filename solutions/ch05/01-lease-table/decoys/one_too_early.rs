// mistake: whole seconds are compared, so a lease ends up to a second early
// killed by: a_lease_ends_at_its_deadline
// says: Lease a was taken away, and it lasts until +10000 ms
// region: expire
        let mut over = Vec::new();
        while let Some(&(deadline, id)) = self.deadlines.first()
            && deadline.saturating_duration_since(now).as_secs() == 0
        {
            self.deadlines.pop_first();
            if let Some(Lease { service, endpoint, .. }) = self.leases.remove(&id) {
                over.push(Expired { lease: id, service, endpoint });
            }
        }
        over
