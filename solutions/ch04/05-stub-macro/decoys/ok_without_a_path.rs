// mistake: forgets `::std` at Ok
// killed by: nothing_has_to_be_imported
// says: this is the `Ok` of another module
// region: call
                    let arguments = $crate::Arguments {
                        record: concat!($interface, ".", stringify!($method)),
                        fields: &[$((stringify!($argument), &$argument)),*],
                    };
                    Ok(self.0.call(stringify!($method), &arguments)?)
