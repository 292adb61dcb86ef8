// mistake: drops what comes within a window
// killed by: what_comes_in_a_window_is_published_as_one
// says: Nothing was published, and it was time
// region: change
        if self.closed_until.is_some_and(|end| now < end) {
            return None;
        }
        self.waiting = Some(Batch { newest, changes: 1, since: now });
        self.poll(now)
