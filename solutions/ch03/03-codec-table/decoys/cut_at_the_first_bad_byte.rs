// mistake: reads up to the first byte that is no UTF-8
// killed by: bytes_behind_the_value_are_refused
// says: is smuggling
// region: decode
        budget.total(bytes.len())?;
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
        };
        let mut json = serde_json::Deserializer::from_str(text);
        let guarded = Guarded::new(&mut json, &budget);
        visit(&mut <dyn erased_serde::Deserializer<'_>>::erase(guarded))
            .map_err(|error| wrong(&budget, error))?;
        json.end().map_err(|error| wrong(&budget, error))
