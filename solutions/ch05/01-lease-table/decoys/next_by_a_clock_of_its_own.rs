// mistake: looks at a clock, and leaves out what is over by it
// killed by: the_next_deadline_is_the_earliest
// says: nobody would ever look whether its lease is over
// region: next_deadline
        self.deadlines.iter().map(|(deadline, _)| *deadline).find(|deadline| *deadline > Instant::now())
