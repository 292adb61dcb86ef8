// mistake: forgets `$crate` at Arguments
// killed by: nothing_has_to_be_imported
// says: `$crate::…` is always the crate that the macro comes from
// region: call
                    let arguments = Arguments {
                        record: concat!($interface, ".", stringify!($method)),
                        fields: &[$((stringify!($argument), &$argument)),*],
                    };
                    self.0.call(stringify!($method), &arguments)
