// mistake: calls the record after the trait
// killed by: the_bytes_are_those_of_service
// says: The record is called `Interface.method`
// region: call
                    let arguments = $crate::Arguments {
                        record: concat!(stringify!($service), ".", stringify!($method)),
                        fields: &[$((stringify!($argument), &$argument)),*],
                    };
                    self.0.call(stringify!($method), &arguments)
