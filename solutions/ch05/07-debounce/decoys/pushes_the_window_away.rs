// mistake: waits for a pause: each change begins the window anew
// killed by: a_change_does_not_push_the_window_away
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
        self.closed_until = Some(now + self.window);
        batch
