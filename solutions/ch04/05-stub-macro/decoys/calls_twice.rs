// mistake: calls again when the first call failed
// killed by: every_method_calls_by_its_own_name
// says: not none, and not two
// region: call
                    let arguments = $crate::Arguments {
                        record: concat!($interface, ".", stringify!($method)),
                        fields: &[$((stringify!($argument), &$argument)),*],
                    };
                    self.0.call(stringify!($method), &arguments).or_else(|_: Self::Error| self.0.call(stringify!($method), &arguments))
