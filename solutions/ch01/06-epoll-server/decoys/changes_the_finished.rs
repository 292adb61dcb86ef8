// mistake: asks the kernel to watch a connection that has just ended
// killed by: a_connection_that_has_ended_is_not_watched_for_anything_new
// says: you had it watched for something new
// region: turn
        let Some(Watched { connection, wants }) = self.connections.get_mut(&token) else {
            return; // an event may be older than the end of its connection
        };
        let mut open = connection.turn(self.service, Instant::now()) == Status::Open;
        if connection.wants() != *wants {
            *wants = connection.wants();
            open &= self.poller.change(connection.stream().as_fd(), token, *wants).is_ok();
        }
        if !open {
            self.connections.remove(&token); // dropping it closes its socket
        }
