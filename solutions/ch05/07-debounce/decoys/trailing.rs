// mistake: waits for the end of a window before the first publication, too
// killed by: the_first_change_is_not_delayed
// says: makes every change late
// region: change
        match &mut self.waiting {
            Some(batch) => {
                batch.newest = newest;
                batch.changes += 1;
            }
            None => self.waiting = Some(Batch { newest, changes: 1, since: now }),
        }
        self.closed_until.get_or_insert(now + self.window);
        self.poll(now)
// region: poll
        if self.closed_until.is_some_and(|end| now < end) {
            return None;
        }
        let batch = self.waiting.take()?;
        self.closed_until = None;
        Some(batch)
