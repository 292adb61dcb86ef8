// mistake: begins to count late replies again when the connection is lost
// killed by: a_lost_connection_tells_everybody
// says: nothing sets it back
// region: connection_lost
        self.late = 0;
        std::mem::take(&mut self.waiting).into_iter().collect()
