// mistake: checks that it is JSON, and hands nothing to visit
// killed by: visit_is_called_once
// says: Without a call there is no value
// region: decode
        budget.total(bytes.len())?;
        let _ = (visit, wrong(&budget, "nothing"), Guarded::new((), &budget));
        serde_json::from_slice::<serde_json::Value>(bytes)
            .map(drop)
            .map_err(|error| CodecError::Decode { codec: "json", source: error.into() })
