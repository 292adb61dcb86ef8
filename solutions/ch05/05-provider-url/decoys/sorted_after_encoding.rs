// mistake: sorts what is encoded already
// killed by: parameters_are_sorted_by_name
// says: as it is before it is encoded
// region: parameters
    let pairs = pairs(url);
    let mut pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("&{}={}", encode(name), encode(value))).collect();
    pairs.sort_unstable();
    format!("anyhost=true{}", pairs.concat())
