// mistake: forgets that the last `accept` of a round finds nobody, and waits there
// killed by: a_call_and_its_reply
// says: You had the listener watched while its calls still block
// region: run
        self.poller.add(self.listener.as_fd(), LISTENER, Wants { read: true, write: false })?;
        loop {
            for token in self.poller.wait()? {
                match token {
                    LISTENER => self.accept_all(),
                    connection => self.turn(connection),
                }
            }
        }
