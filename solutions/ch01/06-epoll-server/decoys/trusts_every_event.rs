// mistake: takes it for granted that an event's connection is still there
// killed by: an_event_for_a_connection_that_is_gone_does_no_harm
// says: a token that you had already removed
// region: turn
        let Watched { connection, wants } = self.connections.get_mut(&token).expect("a known token");
        let mut open = connection.turn(self.service, Instant::now()) == Status::Open;
        if open && connection.wants() != *wants {
            *wants = connection.wants();
            open = self.poller.change(connection.stream().as_fd(), token, *wants).is_ok();
        }
        if !open {
            self.connections.remove(&token); // dropping it closes its socket
        }
