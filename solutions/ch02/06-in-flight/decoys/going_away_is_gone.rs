// mistake: takes a goaway for a lost connection
// killed by: going_away_takes_what_never_ran
// says: and wait for their replies
// region: going_away
        let _ = last;
        std::mem::take(&mut self.waiting).into_iter().collect()
