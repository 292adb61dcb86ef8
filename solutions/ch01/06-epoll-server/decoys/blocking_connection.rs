// mistake: forgets that an accepted stream does not inherit the listener's mode
// killed by: a_silent_client_does_not_hold_up_the_others
// says: You had a connection watched while its calls still block
// region: accept_all
        // Nobody left, or `accept` failed: if somebody still waits, the next `wait` says so again.
        while let Ok((stream, _)) = self.listener.accept() {
            if self.connections.len() >= self.limits.max_connections {
                refuse(stream);
                continue;
            }
            let connection = Connection::new(stream, self.limits, Instant::now());
            let (token, wants) = (self.next_token, connection.wants());
            self.next_token += 1;
            if self.poller.add(connection.stream().as_fd(), token, wants).is_ok() {
                self.connections.insert(token, Watched { connection, wants });
            }
        }
