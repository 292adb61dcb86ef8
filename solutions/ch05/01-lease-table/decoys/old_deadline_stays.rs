// mistake: a renewal leaves the old deadline in the queue, and that ends the renewed lease
// killed by: a_renewed_lease_outlives_its_old_deadline
// says: Lease a was taken away, and it lasts until +14000 ms
// region: renew
        match self.leases.get_mut(&id) {
            Some(lease) if now < lease.deadline => {
                lease.deadline = now + lease.ttl;
                self.deadlines.insert((lease.deadline, id));
                Ok(())
            }
            _ => Err(UnknownLease(id)),
        }
