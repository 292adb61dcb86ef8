// mistake: counts the changes that came after the first one that waits
// killed by: the_first_change_is_not_delayed
// says: published: 1, 0 changes
// region: change
        match &mut self.waiting {
            Some(batch) => {
                batch.newest = newest;
                batch.changes += 1;
            }
            None => self.waiting = Some(Batch { newest, changes: 0, since: now }),
        }
        self.poll(now)
