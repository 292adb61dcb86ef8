// mistake: tells the latest caller first
// killed by: a_lost_connection_tells_everybody
// says: the lowest id first
// region: connection_lost
        std::mem::take(&mut self.waiting).into_iter().rev().collect()
