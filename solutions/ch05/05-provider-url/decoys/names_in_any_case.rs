// mistake: does not look at the case of names
// killed by: names_are_decoded_before_they_are_compared
// says: is another name than `group`
// region: read
    for pair in parameters.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decode(name)?, decode(value)?);
        match name.to_lowercase().as_str() {
            "interface" => found.interface = value,
            "group" => found.group = Some(value),
            "version" => found.version = Some(value),
            "registration" => found.registration = Some(value),
            "anyhost" | "" => {}
            _ => found.endpoint = found.endpoint.with(&name, &value).map_err(|error| error.to_string())?,
        }
    }
    Ok(found)
