// mistake: enters the address alone
// killed by: who_registers_is_listed
// says: The endpoint goes into the list as it is
// region: register
        let id = directory.enter(&service, &Endpoint::new(endpoint.address()))?;
        Ok(Self { directory, service, entry: Mutex::new(Entry { id, endpoint }), armed: true })
