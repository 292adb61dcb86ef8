// mistake: hands the bare deserializer on: no depth, no count, no length is limited
// killed by: the_limits_hold
// says: around the deserializer
// region: decode
        budget.total(bytes.len())?;
        let mut json = serde_json::Deserializer::from_slice(bytes);
        let _ = Guarded::new((), &budget);
        visit(&mut <dyn erased_serde::Deserializer<'_>>::erase(&mut json))
            .map_err(|error| wrong(&budget, error))?;
        json.end().map_err(|error| wrong(&budget, error))
