// mistake: leaves publishing to the driver
// killed by: the_first_change_is_not_delayed
// says: the change passes at once
// region: change
        match &mut self.waiting {
            Some(batch) => {
                batch.newest = newest;
                batch.changes += 1;
            }
            None => self.waiting = Some(Batch { newest, changes: 1, since: now }),
        }
        None
