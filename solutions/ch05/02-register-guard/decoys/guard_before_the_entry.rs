// mistake: makes a guard with a made-up id first, whose drop takes out what was never entered
// killed by: a_refused_registration_leaves_nothing_behind
// says: asked 1 times to enter, 1 to take out
// region: register
        let entry = Mutex::new(Entry { id: EntryId(0), endpoint: endpoint.clone() });
        let guard = Self { directory, service, entry, armed: true };
        let id = guard.directory.enter(&guard.service, &endpoint)?;
        guard.lock().id = id;
        Ok(guard)
