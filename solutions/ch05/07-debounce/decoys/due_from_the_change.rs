// mistake: says one window after the first change that waits
// killed by: a_change_does_not_push_the_window_away
// says: ends `window` later
// region: due
        self.waiting.as_ref().map(|batch| batch.since + self.window)
