// mistake: encodes the values only
// killed by: names_and_values_are_encoded_each_on_its_own
// says: Each name and each value is encoded on its own
// region: parameters
    let mut pairs = pairs(url);
    pairs.sort_unstable();
    let pairs = pairs.iter().map(|(name, value)| format!("&{}={}", name, encode(value)));
    format!("anyhost=true{}", pairs.collect::<String>())
