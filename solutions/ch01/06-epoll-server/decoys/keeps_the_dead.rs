// mistake: never removes a connection that has finished
// killed by: a_connection_that_has_ended_is_forgotten
// says: The connection has ended, and you keep it
// region: turn
        let Some(Watched { connection, wants }) = self.connections.get_mut(&token) else {
            return;
        };
        let _ = connection.turn(self.service, Instant::now());
        if connection.wants() != *wants {
            *wants = connection.wants();
            let _ = self.poller.change(connection.stream().as_fd(), token, *wants);
        }
