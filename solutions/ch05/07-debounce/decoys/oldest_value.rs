// mistake: keeps the value of the first change that waits
// killed by: what_comes_in_a_window_is_published_as_one
// says: the newest value, how many changes
// region: change
        match &mut self.waiting {
            Some(batch) => batch.changes += 1,
            None => self.waiting = Some(Batch { newest, changes: 1, since: now }),
        }
        self.poll(now)
