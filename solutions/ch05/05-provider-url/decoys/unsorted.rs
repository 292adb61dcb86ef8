// mistake: writes the parameters as they come
// killed by: an_address_is_written_as_dubbo_writes_it
// says: One provider has one name
// region: parameters
    let mut pairs = pairs(url);
    pairs.rotate_left(0);
    let pairs = pairs.iter().map(|(name, value)| format!("&{}={}", encode(name), encode(value)));
    format!("anyhost=true{}", pairs.collect::<String>())
