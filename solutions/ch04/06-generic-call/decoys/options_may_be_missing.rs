// mistake: reads the texts of the types: an Option may be left out
// killed by: what_is_missing_is_named
// says: That one is an `Option` does not excuse it
// region: arguments
    let text = if text.trim().is_empty() { "{}" } else { text };
    let given = serde_json::from_str(text).map_err(|error| wrong(Why::NotJson(error.to_string())))?;
    let named: Map<String, Value> = match given {
        Value::Object(named) => named,
        Value::Array(values) if values.len() == expected.len() => {
            expected.iter().map(|name| name.to_string()).zip(values).collect()
        }
        Value::Array(values) => {
            return Err(wrong(Why::Count { expected: expected.len(), got: values.len() }));
        }
        other => return Err(wrong(Why::Shape(kind(&other)))),
    };
    let missing: Vec<String> = method
        .arguments
        .iter()
        .filter(|argument| !argument.r#type.starts_with("Option<") && !named.contains_key(&argument.name))
        .map(|argument| argument.name.clone())
        .collect();
    let unknown = named.keys().filter(|name| !expected.contains(&name.as_str()));
    let unknown: Vec<String> = unknown.cloned().collect();
    if missing.is_empty() && unknown.is_empty() {
        return Ok(Value::Object(named));
    }
    Err(wrong(Why::Names { missing, unknown }))
