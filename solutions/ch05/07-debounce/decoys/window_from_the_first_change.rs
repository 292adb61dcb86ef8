// mistake: measures the window from when the first change came
// killed by: the_publication_at_the_end_begins_a_window
// says: Each publication begins a window
// region: poll
        if self.closed_until.is_some_and(|end| now < end) {
            return None;
        }
        let batch = self.waiting.take()?;
        self.closed_until = Some(batch.since + self.window);
        Some(batch)
