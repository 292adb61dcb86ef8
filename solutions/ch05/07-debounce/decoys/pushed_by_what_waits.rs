// mistake: a change that has to wait pushes the end of the window away
// killed by: a_storm_without_a_pause_is_published
// says: would never be published
// region: change
        match &mut self.waiting {
            Some(batch) => {
                batch.newest = newest;
                batch.changes += 1;
            }
            None => self.waiting = Some(Batch { newest, changes: 1, since: now }),
        }
        let batch = self.poll(now);
        if batch.is_none() {
            self.closed_until = Some(now + self.window);
        }
        batch
