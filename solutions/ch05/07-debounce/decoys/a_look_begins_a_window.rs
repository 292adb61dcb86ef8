// mistake: each poll after the end of a window begins another one
// killed by: what_was_published_is_not_published_again
// says: no window begins
// region: poll
        if self.closed_until.is_some_and(|end| now < end) {
            return None;
        }
        self.closed_until = Some(now + self.window);
        self.waiting.take()
