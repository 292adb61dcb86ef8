// mistake: takes for granted that the rest is a key
// killed by: what_is_no_name_is_refused
// says: Somebody mistyped
// region: target
    let (service, method) = text.rsplit_once('.').ok_or(NameError::Empty { what: "method" })?;
    check_method(method)?;
    Ok(Target { service: ServiceKey::parse(service).expect("a key"), method: method.to_owned() })
