// mistake: writes the `:` also where there is no version
// killed by: without_a_version_the_key_is_the_interface
// says: there is no `:` either
// region: key
                let key = concat!($interface, ":" $(, $version)?);
                $crate::ServiceKey::parse(key).expect("the description names a service")
