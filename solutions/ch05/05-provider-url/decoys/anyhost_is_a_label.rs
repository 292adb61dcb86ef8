// mistake: takes the parameter that nobody needs for a label
// killed by: what_was_written_is_read
// says: a label cannot be named "anyhost"
// region: read
    for pair in parameters.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decode(name)?, decode(value)?);
        match name.as_str() {
            "interface" => found.interface = value,
            "group" => found.group = Some(value),
            "version" => found.version = Some(value),
            "registration" => found.registration = Some(value),
            "" => {}
            _ => found.endpoint = found.endpoint.with(&name, &value).map_err(|error| error.to_string())?,
        }
    }
    Ok(found)
