// mistake: a renewal gives the time that was left, in place of the ttl
// killed by: a_renewal_counts_from_now
// says: I live now
// region: renew
        match self.leases.get_mut(&id) {
            Some(lease) if now < lease.deadline => {
                self.deadlines.remove(&(lease.deadline, id));
                lease.deadline = now + (lease.deadline - now);
                self.deadlines.insert((lease.deadline, id));
                Ok(())
            }
            _ => Err(UnknownLease(id)),
        }
