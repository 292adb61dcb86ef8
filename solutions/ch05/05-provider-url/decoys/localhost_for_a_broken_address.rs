// mistake: puts an address in the place of one that it cannot read
// killed by: what_is_no_address_is_refused
// says: What is no provider
// region: split
    let (protocol, rest) = url.split_once("://").ok_or("it has no ://")?;
    let (rest, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    let (address, path) = rest.split_once('/').unwrap_or((rest, ""));
    let address = address.parse().unwrap_or(([127, 0, 0, 1], 0).into());
    Ok(Parts { protocol, address, path, parameters })
