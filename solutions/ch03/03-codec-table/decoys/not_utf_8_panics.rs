// mistake: makes a str of whatever comes
// killed by: what_is_no_json_is_refused
// says: JSON is UTF-8
// region: decode
        budget.total(bytes.len())?;
        let mut json = serde_json::Deserializer::from_str(std::str::from_utf8(bytes).expect("JSON is text"));
        let guarded = Guarded::new(&mut json, &budget);
        visit(&mut <dyn erased_serde::Deserializer<'_>>::erase(guarded))
            .map_err(|error| wrong(&budget, error))?;
        json.end().map_err(|error| wrong(&budget, error))
