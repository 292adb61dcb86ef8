// mistake: takes `last` itself for one that never ran
// killed by: going_away_takes_what_never_ran
// says: `last` is the last request that the server still answers
// region: going_away
        self.waiting.split_off(&last).into_iter().collect()
