// mistake: goes through the leases in the order in which they came
// killed by: leases_end_in_the_order_of_their_deadlines
// says: not reported in the order of their deadlines
// region: expire
        let over: Vec<LeaseId> =
            self.leases.iter().filter(|(_, lease)| lease.deadline <= now).map(|(id, _)| *id).collect();
        over.into_iter()
            .filter_map(|id| {
                let Lease { service, endpoint, deadline, .. } = self.leases.remove(&id)?;
                self.deadlines.remove(&(deadline, id));
                Some(Expired { lease: id, service, endpoint })
            })
            .collect()
