// mistake: a batch stands for one change, however many came
// killed by: what_comes_in_a_window_is_published_as_one
// says: how many changes
// region: change
        let since = self.waiting.take().map_or(now, |batch| batch.since);
        self.waiting = Some(Batch { newest, changes: 1, since });
        self.poll(now)
