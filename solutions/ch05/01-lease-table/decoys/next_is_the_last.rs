// mistake: the next deadline is the latest
// killed by: the_next_deadline_is_the_earliest
// says: would wake up at the wrong time
// region: next_deadline
        self.deadlines.last().map(|(deadline, _)| *deadline)
