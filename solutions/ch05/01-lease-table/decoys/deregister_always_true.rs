// mistake: says that the lease was in the table, whether it was or not
// killed by: who_deregisters_is_gone_at_once
// says: was in the table no more when it was taken out
// region: deregister
        if let Some(lease) = self.leases.remove(&id) {
            self.deadlines.remove(&(lease.deadline, id));
        }
        true
