// mistake: calls every method `method`
// killed by: every_method_calls_by_its_own_name
// says: `stringify!($method)` is the method's own name
// region: call
                    let arguments = $crate::Arguments {
                        record: concat!($interface, ".", stringify!($method)),
                        fields: &[$((stringify!($argument), &$argument)),*],
                    };
                    self.0.call("method", &arguments)
