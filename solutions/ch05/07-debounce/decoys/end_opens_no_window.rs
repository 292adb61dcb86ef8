// mistake: after the publication at the end of a window the next change passes
// killed by: the_publication_at_the_end_begins_a_window
// says: two publications, one right after the other
// region: poll
        match self.closed_until {
            Some(end) if now < end => None,
            Some(_) if self.waiting.as_ref().is_some_and(|batch| batch.since < now) => {
                self.closed_until = None;
                self.waiting.take()
            }
            _ => {
                let batch = self.waiting.take()?;
                self.closed_until = Some(now + self.window);
                Some(batch)
            }
        }
