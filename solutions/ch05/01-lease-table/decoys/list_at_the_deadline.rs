// mistake: at its deadline a lease is still listed
// killed by: a_list_is_of_one_service_and_of_who_lives
// says: whose lease is over. Callers call it
// region: list
        let alive = self.leases.iter().filter(|(_, lease)| lease.service == *service && now <= lease.deadline);
        alive.map(|(id, lease)| (*id, lease.endpoint.clone())).collect()
