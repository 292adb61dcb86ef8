// mistake: asks again when the directory has refused
// killed by: a_refused_registration_leaves_nothing_behind
// says: Whether to try again is the caller's question
// region: register
        let id = directory.enter(&service, &endpoint).or_else(|_| directory.enter(&service, &endpoint))?;
        Ok(Self { directory, service, entry: Mutex::new(Entry { id, endpoint }), armed: true })
