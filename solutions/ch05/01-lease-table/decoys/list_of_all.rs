// mistake: the list has everybody, whatever they provide
// killed by: a_list_is_of_one_service_and_of_who_lives
// says: names who does not provide it
// region: list
        let _ = service;
        let alive = self.leases.iter().filter(|(_, lease)| now < lease.deadline);
        alive.map(|(id, lease)| (*id, lease.endpoint.clone())).collect()
