// mistake: takes the lock, and asks `read` for a copy, which waits for the lock
// killed by: a_change_is_kept
// says: TIMED OUT
// region: change
        let mut state = self.lock();
        let mut next = self.read();
        let result = f(&mut next)?;
        *state = next;
        Ok(result)
