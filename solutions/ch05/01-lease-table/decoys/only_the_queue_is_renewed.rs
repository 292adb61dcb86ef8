// mistake: a renewal moves the deadline in the queue, and forgets the one in the lease
// killed by: a_renewed_lease_outlives_its_old_deadline
// says: The list lacks a
// region: renew
        match self.leases.get(&id) {
            Some(lease) if now < lease.deadline => {
                self.deadlines.retain(|(_, other)| *other != id);
                self.deadlines.insert((now + lease.ttl, id));
                Ok(())
            }
            _ => Err(UnknownLease(id)),
        }
