// mistake: makes an f64 of every number
// killed by: every_number_arrives_as_it_was_typed
// says: somebody gets another one's order
// region: arguments
    let text = if text.trim().is_empty() { "{}" } else { text };
    fn plain(value: Value) -> Value {
        match value {
            Value::Number(number) => Value::from(number.as_f64()),
            Value::Array(values) => values.into_iter().map(plain).collect(),
            Value::Object(map) => Value::Object(map.into_iter().map(|(name, value)| (name, plain(value))).collect()),
            other => other,
        }
    }
    let given = serde_json::from_str(text).map_err(|error| wrong(Why::NotJson(error.to_string())))?;
    let given = plain(given);
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
