// mistake: leaves the encoding to the name of the node
// killed by: names_and_values_are_encoded_each_on_its_own
// says: is a border, and the rest of the value
// region: parameters
    let mut pairs = pairs(url);
    pairs.sort_unstable();
    let pairs = pairs.iter().map(|(name, value)| format!("&{name}={value}"));
    format!("anyhost=true{}", pairs.collect::<String>())
