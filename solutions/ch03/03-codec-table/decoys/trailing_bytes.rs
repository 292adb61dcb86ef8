// mistake: does not look whether the body ends with the value
// killed by: bytes_behind_the_value_are_refused
// says: is smuggling
// region: decode
        budget.total(bytes.len())?;
        let mut json = serde_json::Deserializer::from_slice(bytes);
        let guarded = Guarded::new(&mut json, &budget);
        visit(&mut <dyn erased_serde::Deserializer<'_>>::erase(guarded))
            .map_err(|error| wrong(&budget, error))?;
        Ok(())
