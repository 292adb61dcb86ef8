// mistake: copies under the lock, and lets go of it while f runs
// killed by: changes_wait_for_each_other
// says: Some changes are lost
// region: change
        let mut next = self.read();
        let result = f(&mut next)?;
        *self.lock() = next;
        Ok(result)
