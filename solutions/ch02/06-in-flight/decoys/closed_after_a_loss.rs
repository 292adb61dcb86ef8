// mistake: lets nobody in after the connection is lost
// killed by: a_lost_connection_tells_everybody
// says: does not close the table
// region: connection_lost
        self.capacity = 0;
        std::mem::take(&mut self.waiting).into_iter().collect()
