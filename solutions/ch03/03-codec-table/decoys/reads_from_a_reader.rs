// mistake: reads byte after byte: no text can be borrowed
// killed by: texts_may_be_borrowed
// says: can lend nothing
// region: decode
        budget.total(bytes.len())?;
        let mut json = serde_json::Deserializer::from_reader(bytes);
        let guarded = Guarded::new(&mut json, &budget);
        visit(&mut <dyn erased_serde::Deserializer<'_>>::erase(guarded))
            .map_err(|error| wrong(&budget, error))?;
        json.end().map_err(|error| wrong(&budget, error))
