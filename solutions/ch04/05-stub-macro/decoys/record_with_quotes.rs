// mistake: the quotes of the interface become part of the record
// killed by: the_bytes_are_those_of_service
// says: The record is called `Interface.method`
// region: call
                    let arguments = $crate::Arguments {
                        record: concat!(stringify!($interface), ".", stringify!($method)),
                        fields: &[$((stringify!($argument), &$argument)),*],
                    };
                    self.0.call(stringify!($method), &arguments)
