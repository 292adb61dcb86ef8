// mistake: says that a label is bad, and not why
// killed by: the_bounds_of_labels_are_kept
// says: nobody can see why
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
            _ => found.endpoint = found.endpoint.with(&name, &value).map_err(|_| "bad label".to_owned())?,
        }
    }
    Ok(found)
