// mistake: the list has addresses, without what providers say about themselves
// killed by: a_list_is_of_one_service_and_of_who_lives
// says: is not as they came
// region: list
        let alive = self.leases.iter().filter(|(_, lease)| lease.service == *service && now < lease.deadline);
        alive.map(|(id, lease)| (*id, Endpoint::new(lease.endpoint.address()))).collect()
