// mistake: current reads the version and the value under two locks
// killed by: a_version_and_its_value_are_of_one_moment
// says: Somebody published between the two
// region: current
        let version = self.monitor.lock().version;
        (version, Arc::clone(&self.monitor.lock().value))
