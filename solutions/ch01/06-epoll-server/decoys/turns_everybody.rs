// mistake: gives every connection a turn at each event: polling again
// killed by: only_who_is_ready_gets_a_turn
// says: another had a turn as well
// region: run
        self.listener.set_nonblocking(true)?;
        self.poller.add(self.listener.as_fd(), LISTENER, Wants { read: true, write: false })?;
        loop {
            for token in self.poller.wait()? {
                match token {
                    LISTENER => self.accept_all(),
                    _ => {
                        for token in self.connections.keys().copied().collect::<Vec<_>>() {
                            self.turn(token);
                        }
                    }
                }
            }
        }
