// mistake: a renewal calls expire first, and drops what it says: nobody hears of those that are over
// killed by: a_renewal_that_comes_too_late_is_refused
// says: was not reported
// region: renew
        self.expire(now);
        match self.leases.get_mut(&id) {
            Some(lease) => {
                self.deadlines.remove(&(lease.deadline, id));
                lease.deadline = now + lease.ttl;
                self.deadlines.insert((lease.deadline, id));
                Ok(())
            }
            None => Err(UnknownLease(id)),
        }
