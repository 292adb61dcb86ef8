// mistake: sends the array as it is
// killed by: an_array_is_taken_in_the_order_of_the_method
// says: The first value is the method's first argument
// region: arguments
    let text = if text.trim().is_empty() { "{}" } else { text };
    let given = serde_json::from_str(text).map_err(|error| wrong(Why::NotJson(error.to_string())))?;
    let named: Map<String, Value> = match given {
        Value::Object(named) => named,
        Value::Array(values) if values.len() == expected.len() => return Ok(Value::Array(values)),
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
