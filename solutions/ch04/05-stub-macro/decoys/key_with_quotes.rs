// mistake: makes a text of what is a literal already: its quotes become part of it
// killed by: the_key_is_interface_and_version
// says: `stringify!` would keep their quotes
// region: key
                let key = concat!(stringify!($interface) $(, ":", $version)?);
                $crate::ServiceKey::parse(key).expect("the description names a service")
