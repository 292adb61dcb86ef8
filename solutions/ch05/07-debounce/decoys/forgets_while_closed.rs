// mistake: takes what waits, and then finds that it is not time
// killed by: what_comes_in_a_window_is_published_as_one
// says: Nothing was published, and it was time
// region: poll
        let batch = self.waiting.take()?;
        if self.closed_until.is_some_and(|end| now < end) {
            return None;
        }
        self.closed_until = Some(now + self.window);
        Some(batch)
