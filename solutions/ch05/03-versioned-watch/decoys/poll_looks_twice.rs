// mistake: poll gives the version of one look, and the value of a later one
// killed by: a_version_and_its_value_are_of_one_moment
// says: Who gets an old number with a new value asks for the same value again
// region: poll
        let mut state = self.board.monitor.lock();
        if state.version > self.version {
            let now = state.version;
            drop(state);
            return Poll::Ready((now, self.board.current().1));
        }
        let old = state.wakers.insert(self.ticket, waker);
        drop(state);
        drop(old);
        Poll::Pending
