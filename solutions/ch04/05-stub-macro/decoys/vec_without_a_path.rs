// mistake: forgets `::std` at vec!
// killed by: nothing_has_to_be_imported
// says: `::std::…` always the standard library
// region: call
                    let arguments = $crate::Arguments {
                        record: concat!($interface, ".", stringify!($method)),
                        fields: &vec![$((stringify!($argument), &$argument as &dyn ::erased_serde::Serialize)),*],
                    };
                    self.0.call(stringify!($method), &arguments)
