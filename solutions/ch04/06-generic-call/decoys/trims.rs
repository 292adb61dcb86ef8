// mistake: forgives blanks
// killed by: what_is_no_name_is_refused
// says: change none
// region: target
    let (service, method) = text.trim().rsplit_once('.').ok_or(NameError::Empty { what: "method" })?;
    check_method(method)?;
    Ok(Target { service: ServiceKey::parse(service)?, method: method.to_owned() })
