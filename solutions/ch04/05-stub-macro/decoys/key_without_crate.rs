// mistake: forgets `$crate` at ServiceKey
// killed by: nothing_has_to_be_imported
// says: `$crate::…` is always the crate that the macro comes from
// region: key
                let key = concat!($interface $(, ":", $version)?);
                ServiceKey::parse(key).expect("the description names a service")
