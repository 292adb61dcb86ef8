// mistake: a renewal that comes too late takes the lease out of one of the two collections
// killed by: who_is_over_can_be_taken_out_until_it_is_reported
// says: was in the table when it was taken out
// region: renew
        match self.leases.get_mut(&id) {
            Some(lease) if now < lease.deadline => {
                self.deadlines.remove(&(lease.deadline, id));
                lease.deadline = now + lease.ttl;
                self.deadlines.insert((lease.deadline, id));
                Ok(())
            }
            _ => {
                self.leases.remove(&id);
                Err(UnknownLease(id))
            }
        }
