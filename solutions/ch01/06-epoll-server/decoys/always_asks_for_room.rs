// mistake: adds connections for bytes and room, because both will be needed some time
// killed by: room_is_asked_for_only_while_a_reply_waits
// says: spins
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
            let (token, wants) = (self.next_token, Wants { read: true, write: true });
            self.next_token += 1;
            if self.poller.add(connection.stream().as_fd(), token, wants).is_ok() {
                self.connections.insert(token, Watched { connection, wants });
            }
        }
