// mistake: cuts off what stands behind a #
// killed by: an_address_is_cut_at_its_first_borders
// says: x#y
// region: split
    let (protocol, rest) = url.split('#').next().unwrap_or_default().split_once("://").ok_or("it has no ://")?;
    let (rest, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    let (address, path) = rest.split_once('/').unwrap_or((rest, ""));
    let address = address.parse().map_err(|_| "its address is not IP:PORT")?;
    Ok(Parts { protocol, address, path, parameters })
