// mistake: leaves out the labels for which there is no room
// killed by: the_bounds_of_labels_are_kept
// says: A label that is left out without a word
// region: read
    for pair in parameters.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decode(name)?, decode(value)?);
        match name.as_str() {
            "interface" => found.interface = value,
            "group" => found.group = Some(value),
            "version" => found.version = Some(value),
            "registration" => found.registration = Some(value),
            "anyhost" | "" => {}
            _ => found.endpoint = found.endpoint.clone().with(&name, &value).unwrap_or(found.endpoint),
        }
    }
    Ok(found)
