// mistake: reads the first value and leaves the rest
// killed by: what_is_no_json_is_refused
// says: reads the whole text
// region: arguments
    let text = if text.trim().is_empty() { "{}" } else { text };
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let given = match values.next() {
        Some(Ok(value)) => value,
        Some(Err(error)) => return Err(wrong(Why::NotJson(error.to_string()))),
        None => Value::Null,
    };
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
    let missing = expected.iter().filter(|name| !named.contains_key(**name));
    let missing: Vec<String> = missing.map(|name| name.to_string()).collect();
    let unknown = named.keys().filter(|name| !expected.contains(&name.as_str()));
    let unknown: Vec<String> = unknown.cloned().collect();
    if missing.is_empty() && unknown.is_empty() {
        return Ok(Value::Object(named));
    }
    Err(wrong(Why::Names { missing, unknown }))
