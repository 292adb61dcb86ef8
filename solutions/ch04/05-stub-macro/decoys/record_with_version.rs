// mistake: puts the version into the name of the record
// killed by: the_bytes_are_those_of_service
// says: The record is called `Interface.method`, without a version
// region: call
                    let arguments = $crate::Arguments {
                        record: format!("{}.{}", Self::key(), stringify!($method)).leak(),
                        fields: &[$((stringify!($argument), &$argument)),*],
                    };
                    self.0.call(stringify!($method), &arguments)
