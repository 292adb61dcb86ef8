// mistake: gives every method the name of the struct
// killed by: signatures_list_every_method
// says: says what there is to call
// region: signatures
                &[
                    $(
                        $crate::Signature {
                            name: stringify!($name),
                            arguments: &[$((stringify!($argument), stringify!($type))),*],
                            returns: stringify!($answer),
                        }
                    ),*
                ]
