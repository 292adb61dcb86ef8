// mistake: takes a text without a point for a service with an empty method
// killed by: what_is_no_name_is_refused
// says: Without a point there is no method
// region: target
    let (service, method) = text.rsplit_once('.').unwrap_or((text, ""));
    if !method.is_empty() {
        check_method(method)?;
    }
    Ok(Target { service: ServiceKey::parse(service)?, method: method.to_owned() })
