// mistake: keeps the interest that a connection began with
// killed by: a_slow_reader_gets_the_rest_of_its_reply
// says: you never ask for room
// region: turn
        let Some(Watched { connection, .. }) = self.connections.get_mut(&token) else {
            return;
        };
        if connection.turn(self.service, Instant::now()) != Status::Open {
            self.connections.remove(&token);
        }
