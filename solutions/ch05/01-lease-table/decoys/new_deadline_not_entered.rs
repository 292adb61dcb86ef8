// mistake: a renewal takes the old deadline out of the queue and puts no new one in
// killed by: a_renewed_lease_outlives_its_old_deadline
// says: was over at +14000 ms, and was not reported
// region: renew
        match self.leases.get_mut(&id) {
            Some(lease) if now < lease.deadline => {
                self.deadlines.remove(&(lease.deadline, id));
                lease.deadline = now + lease.ttl;
                Ok(())
            }
            _ => Err(UnknownLease(id)),
        }
