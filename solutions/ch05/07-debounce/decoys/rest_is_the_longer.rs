// mistake: takes the longer of the two times
// killed by: a_driver_rests_no_longer_than_it_may
// says: never more than `longest`
// region: rest
        self.due().map_or(longest, |due| due.saturating_duration_since(now).max(longest))
