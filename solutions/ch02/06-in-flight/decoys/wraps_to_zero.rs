// mistake: adds one to a number from a stranger, and lets it wrap
// killed by: going_away_with_any_number
// says: Nobody is above the largest one
// region: going_away
        self.waiting.split_off(&last.wrapping_add(1)).into_iter().collect()
