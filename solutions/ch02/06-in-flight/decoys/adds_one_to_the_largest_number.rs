// mistake: adds one to a number from a stranger
// killed by: going_away_with_any_number
// says: Nobody is above the largest one
// region: going_away
        self.waiting.split_off(&(last + 1)).into_iter().collect()
