// mistake: leaves the version away
// killed by: the_key_is_interface_and_version
// says: the text of the description, and there is a `:` before it
// region: key
                $crate::ServiceKey::parse($interface).expect("the description names a service")
