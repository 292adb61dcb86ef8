// mistake: cuts the version off
// killed by: the_method_stands_behind_the_last_point
// says: it is the last point that ends the service
// region: target
    let (service, method) = text.rsplit_once('.').ok_or(NameError::Empty { what: "method" })?;
    check_method(method)?;
    Ok(Target { service: ServiceKey::parse(service.split(':').next().unwrap_or(service))?, method: method.to_owned() })
