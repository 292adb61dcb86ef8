// mistake: the one that ended last is reported first
// killed by: leases_end_in_the_order_of_their_deadlines
// says: not reported in the order of their deadlines
// region: expire
        let mut over = Vec::new();
        while let Some(&(deadline, id)) = self.deadlines.first()
            && deadline <= now
        {
            self.deadlines.pop_first();
            if let Some(Lease { service, endpoint, .. }) = self.leases.remove(&id) {
                over.insert(0, Expired { lease: id, service, endpoint });
            }
        }
        over
