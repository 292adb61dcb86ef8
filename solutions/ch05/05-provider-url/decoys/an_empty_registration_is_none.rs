// mistake: takes an empty registration for none
// killed by: the_key_and_the_registration_are_no_labels
// says: registration ""
// region: read
    for pair in parameters.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decode(name)?, decode(value)?);
        match name.as_str() {
            "interface" => found.interface = value,
            "group" => found.group = Some(value),
            "version" => found.version = Some(value),
            "registration" => found.registration = Some(value).filter(|value| !value.is_empty()),
            "anyhost" | "" => {}
            _ => found.endpoint = found.endpoint.with(&name, &value).map_err(|error| error.to_string())?,
        }
    }
    Ok(found)
