// mistake: reads addresses of IPv4 only
// killed by: an_address_is_cut_at_its_first_borders
// says: stands in brackets
// region: split
    let (protocol, rest) = url.split_once("://").ok_or("it has no ://")?;
    let (rest, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    let (address, path) = rest.split_once('/').unwrap_or((rest, ""));
    let address = address.parse::<std::net::SocketAddrV4>().map(SocketAddr::from).map_err(|_| "its address is not IP:PORT")?;
    Ok(Parts { protocol, address, path, parameters })
