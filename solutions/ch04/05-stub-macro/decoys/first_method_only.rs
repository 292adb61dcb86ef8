// mistake: lists the first method
// killed by: signatures_list_every_method
// says: in the order of the description
// region: signatures
                const ALL: &[$crate::Signature] = &[
                    $(
                        $crate::Signature {
                            name: stringify!($method),
                            arguments: &[$((stringify!($argument), stringify!($type))),*],
                            returns: stringify!($answer),
                        }
                    ),*
                ];
                &ALL[..if ALL.is_empty() { 0 } else { 1 }]
