// mistake: wants a question mark
// killed by: the_key_and_the_registration_are_no_labels
// says: An address was read
// region: split
    let (protocol, rest) = url.split_once("://").ok_or("it has no ://")?;
    let (rest, parameters) = rest.split_once('?').ok_or("it has no parameters")?;
    let (address, path) = rest.split_once('/').unwrap_or((rest, ""));
    let address = address.parse().map_err(|_| "its address is not IP:PORT")?;
    Ok(Parts { protocol, address, path, parameters })
