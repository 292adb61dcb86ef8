// mistake: a change after the window does not publish what waits still
// killed by: a_driver_that_comes_late_publishes_then
// says: goes together with what waits still
// region: change
        if self.waiting.is_none() {
            self.waiting = Some(Batch { newest, changes: 1, since: now });
            return self.poll(now);
        }
        match &mut self.waiting {
            Some(batch) => {
                batch.newest = newest;
                batch.changes += 1;
            }
            None => self.waiting = Some(Batch { newest, changes: 1, since: now }),
        }
        None
