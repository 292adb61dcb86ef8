// mistake: begins with the first pair
// killed by: an_address_is_written_as_dubbo_writes_it
// says: where they part
// region: parameters
    let mut pairs = pairs(url);
    pairs.sort_unstable();
    let pairs = pairs.iter().map(|(name, value)| format!("&{}={}", encode(name), encode(value)));
    pairs.collect::<String>().trim_start_matches('&').to_owned()
