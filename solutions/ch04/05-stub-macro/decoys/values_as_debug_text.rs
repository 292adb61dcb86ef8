// mistake: sends every argument as a text
// killed by: every_argument_is_a_field_with_its_name
// says: its value is a reference to the argument itself
// region: call
                    let arguments = $crate::Arguments {
                        record: concat!($interface, ".", stringify!($method)),
                        fields: &[$((stringify!($argument), &format!("{:?}", $argument))),*],
                    };
                    self.0.call(stringify!($method), &arguments)
