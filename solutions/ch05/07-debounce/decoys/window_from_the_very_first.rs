// mistake: measures windows on a grid from the first change of all
// killed by: after_a_quiet_time_the_first_passes_again
// says: The window begins with a publication
// region: poll
        if self.closed_until.is_some_and(|end| now < end) {
            return None;
        }
        let batch = self.waiting.take()?;
        self.closed_until = Some(self.closed_until.map_or(now + self.window, |end| end + self.window));
        Some(batch)
