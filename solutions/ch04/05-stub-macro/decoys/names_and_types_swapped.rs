// mistake: puts the type where the name belongs
// killed by: signatures_list_every_method
// says: of `$method`, `$argument`, `$type` and `$answer`
// region: signatures
                &[
                    $(
                        $crate::Signature {
                            name: stringify!($method),
                            arguments: &[$((stringify!($type), stringify!($argument))),*],
                            returns: stringify!($answer),
                        }
                    ),*
                ]
