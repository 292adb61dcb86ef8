// mistake: a renewal gives the longest lease, whatever the provider asked for
// killed by: each_lease_has_its_own_ttl
// says: A provider chooses how long its lease is
// region: renew
        match self.leases.get_mut(&id) {
            Some(lease) if now < lease.deadline => {
                self.deadlines.remove(&(lease.deadline, id));
                lease.deadline = now + MAX_TTL;
                self.deadlines.insert((lease.deadline, id));
                Ok(())
            }
            _ => Err(UnknownLease(id)),
        }
