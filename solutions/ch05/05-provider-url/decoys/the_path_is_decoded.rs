// mistake: decodes the path too
// killed by: what_is_no_address_is_refused
// says: /%53
// region: read
    found.interface = decode(&found.interface)?;
    for pair in parameters.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decode(name)?, decode(value)?);
        match name.as_str() {
            "interface" => found.interface = value,
            "group" => found.group = Some(value),
            "version" => found.version = Some(value),
            "registration" => found.registration = Some(value),
            "anyhost" | "" => {}
            _ => found.endpoint = found.endpoint.with(&name, &value).map_err(|error| error.to_string())?,
        }
    }
    Ok(found)
