// mistake: the new guard has nothing to take out
// killed by: dropping_takes_the_provider_out
// says: that is the end of the registration
// region: register
        let id = directory.enter(&service, &endpoint)?;
        Ok(Self { directory, service, entry: Mutex::new(Entry { id, endpoint }), armed: false })
