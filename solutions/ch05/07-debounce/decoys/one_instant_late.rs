// mistake: takes the end of the window for a part of it
// killed by: a_window_ends_at_its_end
// says: The window has ended when
// region: poll
        if self.closed_until.is_some_and(|end| now <= end) {
            return None;
        }
        let batch = self.waiting.take()?;
        self.closed_until = Some(now + self.window);
        Some(batch)
