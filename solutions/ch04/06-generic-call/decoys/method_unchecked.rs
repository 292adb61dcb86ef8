// mistake: takes any text for a method
// killed by: what_is_no_name_is_refused
// says: `check_method` looks at the method
// region: target
    let (service, method) = text.rsplit_once('.').ok_or(NameError::Empty { what: "method" })?;

    Ok(Target { service: ServiceKey::parse(service)?, method: method.to_owned() })
