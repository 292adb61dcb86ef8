// mistake: names the service as the trait is called here
// killed by: the_key_is_interface_and_version
// says: under another name
// region: key
                let key = concat!(stringify!($service) $(, ":", $version)?);
                $crate::ServiceKey::parse(key.trim_start_matches("self::")).expect("the description names a service")
