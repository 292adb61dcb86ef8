// mistake: puts the version behind the interface without a `:`
// killed by: the_key_is_interface_and_version
// says: key() is wall.Clock:2.1
// region: key
                let key = concat!($interface $(, $version)?);
                $crate::ServiceKey::parse(key).expect("the description names a service")
