// mistake: does not write what is empty
// killed by: names_and_values_are_encoded_each_on_its_own
// says: where they part
// region: parameters
    let mut pairs = pairs(url);
    pairs.retain(|(_, value)| !value.is_empty());
    pairs.sort_unstable();
    let pairs = pairs.iter().map(|(name, value)| format!("&{}={}", encode(name), encode(value)));
    format!("anyhost=true{}", pairs.collect::<String>())
