// mistake: a renewal of a lease that is over brings it back when nobody has called expire yet
// killed by: a_renewal_that_comes_too_late_is_refused
// says: was over, and a renewal has brought it back
// region: renew
        match self.leases.get_mut(&id) {
            Some(lease) => {
                self.deadlines.remove(&(lease.deadline, id));
                lease.deadline = now + lease.ttl;
                self.deadlines.insert((lease.deadline, id));
                Ok(())
            }
            _ => Err(UnknownLease(id)),
        }
