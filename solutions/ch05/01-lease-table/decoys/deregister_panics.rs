// mistake: takes for granted that who leaves is in the table
// killed by: who_deregisters_is_gone_at_once
// says: the registry is down, for everybody
// region: deregister
        let lease = self.leases.remove(&id).expect("it is registered");
        self.deadlines.remove(&(lease.deadline, id))
