// mistake: puts the interface before the method
// killed by: signatures_list_every_method
// says: says what there is to call
// region: signatures
                &[
                    $(
                        $crate::Signature {
                            name: concat!($interface, ".", stringify!($method)),
                            arguments: &[$((stringify!($argument), stringify!($type))),*],
                            returns: stringify!($answer),
                        }
                    ),*
                ]
