// mistake: asks once whether it works, and once for the id
// killed by: who_registers_is_listed
// says: `register` enters it once
// region: register
        directory.enter(&service, &endpoint)?;
        let id = directory.enter(&service, &endpoint)?;
        Ok(Self { directory, service, entry: Mutex::new(Entry { id, endpoint }), armed: true })
