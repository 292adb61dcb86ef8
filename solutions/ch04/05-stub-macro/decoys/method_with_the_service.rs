// mistake: puts the service before the method, though the proxy sends it
// killed by: every_method_calls_by_its_own_name
// says: The name is `stringify!($method)` and nothing else
// region: call
                    let arguments = $crate::Arguments {
                        record: concat!($interface, ".", stringify!($method)),
                        fields: &[$((stringify!($argument), &$argument)),*],
                    };
                    self.0.call(concat!($interface, ".", stringify!($method)), &arguments)
