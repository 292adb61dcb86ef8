// mistake: wants a path
// killed by: the_interface_among_the_parameters_wins
// says: The path is, if there is none
// region: split
    let (protocol, rest) = url.split_once("://").ok_or("it has no ://")?;
    let (rest, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    let (address, path) = rest.split_once('/').ok_or("it has no path")?;
    let address = address.parse().map_err(|_| "its address is not IP:PORT")?;
    Ok(Parts { protocol, address, path, parameters })
