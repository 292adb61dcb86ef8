// mistake: builds the fields from the last to the first
// killed by: every_argument_is_a_field_with_its_name
// says: in the order of the description
// region: call
                    let mut fields: Vec<(&'static str, &dyn ::erased_serde::Serialize)> = vec![$((stringify!($argument), &$argument)),*];
                    fields.reverse();
                    let arguments = $crate::Arguments {
                        record: concat!($interface, ".", stringify!($method)),
                        fields: &fields,
                    };
                    self.0.call(stringify!($method), &arguments)
