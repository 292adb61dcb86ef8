// mistake: who leaves is marked as over, and goes with the next expire
// killed by: who_deregisters_is_gone_at_once
// says: when it was taken out
// region: deregister
        match self.leases.get_mut(&id) {
            Some(lease) => {
                self.deadlines.remove(&(lease.deadline, id));
                lease.deadline -= lease.ttl;
                self.deadlines.insert((lease.deadline, id));
                true
            }
            None => false,
        }
