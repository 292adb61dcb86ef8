// mistake: a window that does not fit is no window
// killed by: a_window_may_have_any_length
// says: would let every storm through
// region: new
        Self { window, closed_until: None, waiting: None }
// region: poll
        if self.closed_until.is_some_and(|end| now < end) {
            return None;
        }
        let batch = self.waiting.take()?;
        self.closed_until = now.checked_add(self.window);
        Some(batch)
