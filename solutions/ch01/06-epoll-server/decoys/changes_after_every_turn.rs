// mistake: tells epoll the interest after every turn, changed or not
// killed by: interest_is_changed_only_when_it_has_changed
// says: Nothing had changed
// region: turn
        let Some(Watched { connection, wants }) = self.connections.get_mut(&token) else {
            return; // an event may be older than the end of its connection
        };
        let mut open = connection.turn(self.service, Instant::now()) == Status::Open;
        if open {
            *wants = connection.wants();
            open = self.poller.change(connection.stream().as_fd(), token, *wants).is_ok();
        }
        if !open {
            self.connections.remove(&token); // dropping it closes its socket
        }
