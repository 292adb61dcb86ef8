// mistake: lists methods, without their services
// killed by: the_list_is_sorted
// says: as `service.method`
// region: list
        self.services.values().flatten().map(|(name, _)| name.clone()).collect()
