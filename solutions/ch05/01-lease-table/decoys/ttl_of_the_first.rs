// mistake: a renewal takes the ttl of another lease of the service
// killed by: each_lease_has_its_own_ttl
// says: A provider chooses how long its lease is
// region: renew
        let Some(service) = self.leases.get(&id).map(|lease| lease.service.clone()) else {
            return Err(UnknownLease(id));
        };
        let ttl = self.leases.values().find(|lease| lease.service == service).map(|lease| lease.ttl);
        match (self.leases.get_mut(&id), ttl) {
            (Some(lease), Some(ttl)) if now < lease.deadline => {
                self.deadlines.remove(&(lease.deadline, id));
                lease.deadline = now + ttl;
                self.deadlines.insert((lease.deadline, id));
                Ok(())
            }
            _ => Err(UnknownLease(id)),
        }
