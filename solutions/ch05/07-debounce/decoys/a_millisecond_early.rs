// mistake: compares whole milliseconds, rounded up
// killed by: a_window_ends_at_its_end
// says: not a moment before
// region: poll
        if self.closed_until.is_some_and(|end| end - now > Duration::from_millis(1) && now < end) {
            return None;
        }
        let batch = self.waiting.take()?;
        self.closed_until = Some(now + self.window);
        Some(batch)
