// mistake: takes out one lease at a time
// killed by: leases_end_in_the_order_of_their_deadlines
// says: and was not reported
// region: expire
        let mut over = Vec::new();
        if let Some(&(deadline, id)) = self.deadlines.first()
            && deadline <= now
        {
            self.deadlines.pop_first();
            if let Some(Lease { service, endpoint, .. }) = self.leases.remove(&id) {
                over.push(Expired { lease: id, service, endpoint });
            }
        }
        over
