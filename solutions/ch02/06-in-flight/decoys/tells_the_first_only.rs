// mistake: tells one caller that the connection is lost
// killed by: a_lost_connection_tells_everybody
// says: Everybody must be told
// region: connection_lost
        self.waiting.pop_first().into_iter().collect()
