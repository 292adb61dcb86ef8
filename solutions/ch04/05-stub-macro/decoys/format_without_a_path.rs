// mistake: forgets `::std` at format!
// killed by: nothing_has_to_be_imported
// says: `::std::…` always the standard library
// region: key
                let key = format!("{}{}", $interface, concat!("" $(, ":", $version)?));
                $crate::ServiceKey::parse(&key).expect("the description names a service")
