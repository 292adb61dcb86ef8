// mistake: looks for a slash before it looks for the question mark
// killed by: an_address_is_cut_at_its_first_borders
// says: before that, the first `/`
// region: split
    let (protocol, rest) = url.split_once("://").ok_or("it has no ://")?;
    let (address, behind) = rest.split_once('/').unwrap_or((rest, rest));
    let (path, parameters) = behind.split_once('?').unwrap_or((behind, ""));
    let address = address.split('?').next().unwrap_or(address);
    let path = if path.contains(':') { "" } else { path };
    let address = address.parse().map_err(|_| "its address is not IP:PORT")?;
    Ok(Parts { protocol, address, path, parameters })
