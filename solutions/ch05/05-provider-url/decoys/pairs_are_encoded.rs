// mistake: encodes the pair, and its = with it
// killed by: an_address_is_written_as_dubbo_writes_it
// says: where they part
// region: parameters
    let mut pairs = pairs(url);
    pairs.sort_unstable();
    let pairs = pairs.iter().map(|(name, value)| format!("&{}", encode(&format!("{name}={value}"))));
    format!("anyhost=true{}", pairs.collect::<String>())
