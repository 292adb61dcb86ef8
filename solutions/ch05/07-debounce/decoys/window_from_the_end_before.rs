// mistake: a late publication shortens the window after it
// killed by: a_driver_that_comes_late_publishes_then
// says: the next window begins when it was published
// region: poll
        let end = self.closed_until.filter(|end| now < *end + self.window);
        if end.is_some_and(|end| now < end) {
            return None;
        }
        let batch = self.waiting.take()?;
        self.closed_until = Some(end.unwrap_or(now) + self.window);
        Some(batch)
