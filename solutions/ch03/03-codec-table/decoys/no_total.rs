// mistake: does not look how long the body is
// killed by: the_limits_hold
// says: judges the length of the whole
// region: decode
        budget.total(0)?;
        let mut json = serde_json::Deserializer::from_slice(bytes);
        let guarded = Guarded::new(&mut json, &budget);
        visit(&mut <dyn erased_serde::Deserializer<'_>>::erase(guarded))
            .map_err(|error| wrong(&budget, error))?;
        json.end().map_err(|error| wrong(&budget, error))
