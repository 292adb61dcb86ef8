// mistake: forgets which limit refused
// killed by: the_limits_hold
// says: finds the name of the limit
// region: decode
        budget.total(bytes.len())?;
        let mut json = serde_json::Deserializer::from_slice(bytes);
        let guarded = Guarded::new(&mut json, &budget);
        visit(&mut <dyn erased_serde::Deserializer<'_>>::erase(guarded))
            .map_err(|error| CodecError::Decode { codec: "json", source: error.into() })?;
        json.end().map_err(|error| wrong(&budget, error))
