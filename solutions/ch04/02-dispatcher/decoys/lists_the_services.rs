// mistake: lists services, without their methods
// killed by: the_list_is_sorted
// says: Each method of each service
// region: list
        self.services.keys().map(ToString::to_string).collect()
