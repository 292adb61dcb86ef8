// mistake: takes out every lease of the same address
// killed by: a_restart_before_the_old_lease_ends_is_two_leases
// says: The list lacks d
// region: deregister
        let Some(address) = self.leases.get(&id).map(|lease| lease.endpoint.address()) else { return false };
        self.leases.retain(|_, lease| lease.endpoint.address() != address);
        let leases = &self.leases;
        self.deadlines.retain(|(_, id)| leases.contains_key(id));
        true
