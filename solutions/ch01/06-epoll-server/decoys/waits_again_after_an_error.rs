// mistake: goes on when `wait` fails
// killed by: the_error_of_wait_ends_the_loop
// says: `wait` failed, and you asked it again
// region: run
        self.listener.set_nonblocking(true)?;
        self.poller.add(self.listener.as_fd(), LISTENER, Wants { read: true, write: false })?;
        loop {
            for token in self.poller.wait().unwrap_or_default() {
                match token {
                    LISTENER => self.accept_all(),
                    connection => self.turn(connection),
                }
            }
        }
