// mistake: goes on after an error of accept, so the loop never comes back to wait
// killed by: a_call_and_its_reply
// says: does not come back
// region: accept_all
        loop {
            let Ok((stream, _)) = self.listener.accept() else {
                continue;
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
