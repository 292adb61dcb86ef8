// mistake: says since when the last change waits
// killed by: what_comes_in_a_window_is_published_as_one
// says: when the first of them came
// region: change
        let changes = self.waiting.take().map_or(1, |batch| batch.changes + 1);
        self.waiting = Some(Batch { newest, changes, since: now });
        self.poll(now)
