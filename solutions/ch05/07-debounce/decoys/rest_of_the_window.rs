// mistake: waits a whole window, from now
// killed by: a_driver_rests_no_longer_than_it_may
// says: `rest` is the time until `due`
// region: rest
        self.due().map_or(longest, |_| self.window.min(longest))
