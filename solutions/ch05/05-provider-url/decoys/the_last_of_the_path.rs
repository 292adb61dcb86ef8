// mistake: takes what stands behind the last slash for the path
// killed by: an_address_is_cut_at_its_first_borders
// says: it is no interface
// region: split
    let (protocol, rest) = url.split_once("://").ok_or("it has no ://")?;
    let (rest, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    let (address, path) = rest.split_once('/').unwrap_or((rest, ""));
    let address = address.parse().map_err(|_| "its address is not IP:PORT")?;
    let path = path.rsplit('/').next().unwrap_or(path);
    Ok(Parts { protocol, address, path, parameters })
