// mistake: puts the metavariable into quotes, where nothing is replaced
// killed by: every_method_calls_by_its_own_name
// says: inside of quotes
// region: call
                    let arguments = $crate::Arguments {
                        record: concat!($interface, ".", stringify!($method)),
                        fields: &[$((stringify!($argument), &$argument)),*],
                    };
                    self.0.call("$method", &arguments)
