// mistake: invents a version where there is none
// killed by: without_a_version_the_key_is_the_interface
// says: The description has no version, so the key has none
// region: key
                let version = [$($version,)? "1.0"][0];
                $crate::ServiceKey::parse(&format!("{}:{version}", $interface)).expect("the description names a service")
