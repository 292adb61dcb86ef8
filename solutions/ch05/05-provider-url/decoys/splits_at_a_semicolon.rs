// mistake: takes a semicolon for a border, as old forms did
// killed by: a_pair_ends_at_an_ampersand_and_its_name_at_the_first_equals_sign
// says: Between two `&` stands a pair
// region: read
    for pair in parameters.split(['&', ';']).filter(|pair| !pair.is_empty()) {
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
