// mistake: sends the first argument
// killed by: every_argument_is_a_field_with_its_name
// says: A field for each argument
// region: call
                    let fields: Vec<(&'static str, &dyn ::erased_serde::Serialize)> = vec![$((stringify!($argument), &$argument)),*];
                    let arguments = $crate::Arguments {
                        record: concat!($interface, ".", stringify!($method)),
                        fields: &fields[..fields.len().min(1)],
                    };
                    self.0.call(stringify!($method), &arguments)
