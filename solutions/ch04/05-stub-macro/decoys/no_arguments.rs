// mistake: sends no arguments
// killed by: every_argument_is_a_field_with_its_name
// says: A field for each argument
// region: call
                    let arguments = $crate::Arguments {
                        record: concat!($interface, ".", stringify!($method)),
                        fields: &[],
                    };
                    self.0.call(stringify!($method), &arguments)
