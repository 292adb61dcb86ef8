// mistake: the list is in the order of the deadlines
// killed by: a_list_is_of_one_service_and_of_who_lives
// says: is not as they came
// region: list
        let alive = self.deadlines.iter().filter_map(|(_, id)| self.leases.get_key_value(id));
        let alive = alive.filter(|(_, lease)| lease.service == *service && now < lease.deadline);
        alive.map(|(id, lease)| (*id, lease.endpoint.clone())).collect()
