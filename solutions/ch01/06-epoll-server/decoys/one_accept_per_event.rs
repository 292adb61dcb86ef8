// mistake: accepts one connection for each event of the listener
// killed by: everyone_in_the_queue_is_let_in_at_once
// says: you let in one at a time
// region: accept_all
        // Nobody left, or `accept` failed: if somebody still waits, the next `wait` says so again.
        if let Ok((stream, _)) = self.listener.accept() {
            if self.connections.len() >= self.limits.max_connections {
                refuse(stream);
                return;
            }
            if stream.set_nonblocking(true).is_err() {
                return; // the peer has gone already
            }
            let connection = Connection::new(stream, self.limits, Instant::now());
            let (token, wants) = (self.next_token, connection.wants());
            self.next_token += 1;
            if self.poller.add(connection.stream().as_fd(), token, wants).is_ok() {
                self.connections.insert(token, Watched { connection, wants });
            }
        }
