// mistake: a driver with nothing to do does not rest
// killed by: a_driver_rests_no_longer_than_it_may
// says: A driver is told to wait for the wrong time
// region: rest
        self.due().unwrap_or(now).saturating_duration_since(now).min(longest)
