// mistake: a service without a version is any version of it
// killed by: a_list_is_of_one_service_and_of_who_lives
// says: names who does not provide it
// region: list
        let alive = self.leases.iter().filter(|(_, lease)| {
            lease.service.as_str().starts_with(service.as_str()) && now < lease.deadline
        });
        alive.map(|(id, lease)| (*id, lease.endpoint.clone())).collect()
