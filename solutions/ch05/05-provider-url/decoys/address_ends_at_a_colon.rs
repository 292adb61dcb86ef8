// mistake: cuts host and port at the first colon
// killed by: what_was_written_is_read
// says: What was written must be read
// region: split
    let (protocol, rest) = url.split_once("://").ok_or("it has no ://")?;
    let (rest, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    let (address, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (host, port) = address.split_once(':').ok_or("its address is not IP:PORT")?;
    let (host, port) = (host.parse::<std::net::IpAddr>(), port.parse());
    let address = SocketAddr::new(host.map_err(|_| "no IP")?, port.map_err(|_| "no port")?);
    Ok(Parts { protocol, address, path, parameters })
