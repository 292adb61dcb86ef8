// mistake: asks for room when a reply waits, and never takes that back
// killed by: a_slow_reader_gets_the_rest_of_its_reply
// says: Go back to what the connection `wants` now
// region: turn
        let Some(Watched { connection, wants }) = self.connections.get_mut(&token) else {
            return; // an event may be older than the end of its connection
        };
        let mut open = connection.turn(self.service, Instant::now()) == Status::Open;
        if open && connection.wants().write && !wants.write {
            *wants = connection.wants();
            open = self.poller.change(connection.stream().as_fd(), token, *wants).is_ok();
        }
        if !open {
            self.connections.remove(&token); // dropping it closes its socket
        }
