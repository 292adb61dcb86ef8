// mistake: zips an array of any length: what is too much is cut
// killed by: too_few_and_too_many_are_counted
// says: `zip` ends with the shorter of the two
// region: arguments
    let text = if text.trim().is_empty() { "{}" } else { text };
    let given = serde_json::from_str(text).map_err(|error| wrong(Why::NotJson(error.to_string())))?;
    let named: Map<String, Value> = match given {
        Value::Object(named) => named,
        Value::Array(values) => expected.iter().map(|name| name.to_string()).zip(values).collect(),
        other => return Err(wrong(Why::Shape(kind(&other)))),
    };
    let missing = expected.iter().filter(|name| !named.contains_key(**name));
    let missing: Vec<String> = missing.map(|name| name.to_string()).collect();
    let unknown = named.keys().filter(|name| !expected.contains(&name.as_str()));
    let unknown: Vec<String> = unknown.cloned().collect();
    if missing.is_empty() && unknown.is_empty() {
        return Ok(Value::Object(named));
    }
    Err(wrong(Why::Names { missing, unknown }))
