// mistake: a change after the window is published alone, and what waits stays
// killed by: a_driver_that_comes_late_publishes_then
// says: Each change is counted once
// region: change
        if self.closed_until.is_none_or(|end| now >= end) {
            self.closed_until = Some(now + self.window);
            return Some(Batch { newest, changes: 1, since: now });
        }
        match &mut self.waiting {
            Some(batch) => {
                batch.newest = newest;
                batch.changes += 1;
            }
            None => self.waiting = Some(Batch { newest, changes: 1, since: now }),
        }
        None
