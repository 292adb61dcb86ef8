// mistake: takes every error of accept but WouldBlock for the end of the world
// killed by: an_accept_that_fails_ends_the_round_and_nothing_else
// says: Your server died of a panic
// region: accept_all
        loop {
            let stream = match self.listener.accept() {
                Ok((stream, _)) => stream,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(error) => panic!("accept: {error}"),
            };
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
            if self.poller.add(connection.stream().as_fd(), token, wants).is_ok() {
                self.connections.insert(token, Watched { connection, wants });
            }
        }
