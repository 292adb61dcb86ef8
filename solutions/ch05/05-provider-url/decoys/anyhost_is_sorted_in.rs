// mistake: sorts anyhost among the others
// killed by: the_first_parameter_is_one_that_nobody_needs
// says: dubbo2.js loses the first one
// region: parameters
    let mut pairs = pairs(url);
    pairs.push(("anyhost", "true"));
    pairs.sort_unstable();
    let pairs = pairs.iter().map(|(name, value)| format!("&{}={}", encode(name), encode(value)));
    pairs.collect::<String>().trim_start_matches('&').to_owned()
