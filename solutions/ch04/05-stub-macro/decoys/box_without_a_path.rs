// mistake: leaks, and forgets `::std` at Box
// killed by: nothing_has_to_be_imported
// says: `::std::…` always the standard library
// region: signatures
                Box::leak(Box::new([
                    $(
                        $crate::Signature {
                            name: stringify!($method),
                            arguments: &[$((stringify!($argument), stringify!($type))),*],
                            returns: stringify!($answer),
                        }
                    ),*
                ]))
