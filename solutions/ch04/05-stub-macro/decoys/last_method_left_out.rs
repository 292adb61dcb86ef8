// mistake: ends before the last method
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
                ALL.split_last().map_or(&[], |(_, others)| others)
