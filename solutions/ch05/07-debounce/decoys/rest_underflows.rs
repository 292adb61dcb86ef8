// mistake: a driver that comes late gets a panic
// killed by: a_driver_rests_no_longer_than_it_may
// says: none is left when that is past
// region: rest
        let Some(due) = self.due() else { return longest };
        due.checked_duration_since(now).unwrap_or(longest).min(longest)
