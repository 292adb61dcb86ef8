// mistake: takes for granted that the directory answers
// killed by: a_refused_registration_leaves_nothing_behind
// says: it is an `Err`
// region: register
        let id = directory.enter(&service, &endpoint).expect("the directory answers");
        Ok(Self { directory, service, entry: Mutex::new(Entry { id, endpoint }), armed: true })
