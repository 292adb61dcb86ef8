// mistake: lets everyone in
// killed by: places_are_bounded_and_come_back
// says: a third client was let in
// region: accept_all
        // Nobody left, or `accept` failed: if somebody still waits, the next `wait` says so again.
        while let Ok((stream, _)) = self.listener.accept() {
            if stream.set_nonblocking(true).is_err() {
                continue; // the peer has gone already
            }
            let connection = Connection::new(stream, self.limits, Instant::now());
            let (token, wants) = (self.next_token, connection.wants());
            self.next_token += 1;
            if self.poller.add(connection.stream().as_fd(), token, wants).is_ok() {
                self.connections.insert(token, Watched { connection, wants });
            }
        }
