// mistake: keeps a connection although `add` failed for it
// killed by: a_connection_that_cannot_be_watched_is_dropped
// says: no turn will ever come
// region: accept_all
        // Nobody left, or `accept` failed: if somebody still waits, the next `wait` says so again.
        while let Ok((stream, _)) = self.listener.accept() {
            if self.connections.len() >= self.limits.max_connections {
                refuse(stream);
                continue;
            }
            if stream.set_nonblocking(true).is_err() {
                continue; // the peer has gone already
            }
            let connection = Connection::new(stream, self.limits, Instant::now());
            let (token, wants) = (self.next_token, connection.wants());
            self.next_token += 1;
            let _ = self.poller.add(connection.stream().as_fd(), token, wants);
            self.connections.insert(token, Watched { connection, wants });
        }
