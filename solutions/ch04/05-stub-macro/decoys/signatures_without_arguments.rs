// mistake: lists methods, and no arguments
// killed by: signatures_list_every_method
// says: of `$method`, `$argument`, `$type` and `$answer`
// region: signatures
                &[
                    $(
                        $crate::Signature {
                            name: stringify!($method),
                            arguments: &[],
                            returns: stringify!($answer),
                        }
                    ),*
                ]
