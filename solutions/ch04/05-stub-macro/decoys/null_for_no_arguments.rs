// mistake: sends nothing at all when there are no arguments
// killed by: a_method_without_arguments_sends_an_empty_record
// says: No arguments are a record without fields
// region: call
                    let arguments = $crate::Arguments {
                        record: concat!($interface, ".", stringify!($method)),
                        fields: &[$((stringify!($argument), &$argument)),*],
                    };
                    if arguments.fields.is_empty() {
                        return self.0.call(stringify!($method), &());
                    }
                    self.0.call(stringify!($method), &arguments)
