// mistake: clears the table when the connection is lost, and lets everybody wait
// killed by: a_lost_connection_tells_everybody
// says: Everybody must be told
// region: connection_lost
        self.waiting.clear();
        Vec::new()
