// mistake: a renewal that comes too late takes the lease out, so nobody else hears that it is over
// killed by: a_renewal_that_comes_too_late_is_refused
// says: was over at +10000 ms, and was not reported
// region: renew
        match self.leases.get_mut(&id) {
            Some(lease) if now < lease.deadline => {
                self.deadlines.remove(&(lease.deadline, id));
                lease.deadline = now + lease.ttl;
                self.deadlines.insert((lease.deadline, id));
                Ok(())
            }
            Some(_) => {
                self.deregister(id);
                Err(UnknownLease(id))
            }
            None => Err(UnknownLease(id)),
        }
