// mistake: lists the name twice in place of name and type
// killed by: signatures_list_every_method
// says: of `$method`, `$argument`, `$type` and `$answer`
// region: signatures
                &[
                    $(
                        $crate::Signature {
                            name: stringify!($method),
                            arguments: &[$((stringify!($argument), stringify!($argument))),*],
                            returns: stringify!($answer),
                        }
                    ),*
                ]
