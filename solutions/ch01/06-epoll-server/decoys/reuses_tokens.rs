// mistake: uses the number of open connections as the next token
// killed by: no_token_is_used_twice
// says: the second lost its place
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
            let (token, wants) = (self.connections.len() as u64 + 1, connection.wants());
            if self.poller.add(connection.stream().as_fd(), token, wants).is_ok() {
                self.connections.insert(token, Watched { connection, wants });
            }
        }
