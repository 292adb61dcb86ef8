// mistake: when a lease ends, all leases of its address end
// killed by: a_restart_before_the_old_lease_ends_is_two_leases
// says: Lease b was taken away, and it lasts until +19000 ms
// region: expire
        let mut over = Vec::new();
        while let Some(&(deadline, id)) = self.deadlines.first()
            && deadline <= now
        {
            self.deadlines.pop_first();
            let Some(lease) = self.leases.remove(&id) else { continue };
            let twins = self.leases.iter().filter(|(_, it)| it.endpoint.address() == lease.endpoint.address());
            let twins: Vec<LeaseId> = twins.map(|(id, _)| *id).collect();
            over.push(Expired { lease: id, service: lease.service, endpoint: lease.endpoint });
            for id in twins {
                let Some(Lease { service, endpoint, deadline, .. }) = self.leases.remove(&id) else { continue };
                self.deadlines.remove(&(deadline, id));
                over.push(Expired { lease: id, service, endpoint });
            }
        }
        over
