// mistake: calls every field `argument`
// killed by: every_argument_is_a_field_with_its_name
// says: its name is `stringify!($argument)`
// region: call
                    let arguments = $crate::Arguments {
                        record: concat!($interface, ".", stringify!($method)),
                        fields: &[$(("argument", &$argument)),*],
                    };
                    self.0.call(stringify!($method), &arguments)
