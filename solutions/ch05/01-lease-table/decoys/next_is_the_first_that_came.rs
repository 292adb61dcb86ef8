// mistake: the next deadline is that of the oldest lease
// killed by: the_next_deadline_is_the_earliest
// says: would wake up at the wrong time
// region: next_deadline
        self.leases.values().next().map(|lease| lease.deadline)
