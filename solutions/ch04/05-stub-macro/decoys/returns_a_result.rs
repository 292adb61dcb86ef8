// mistake: says that a method returns a Result
// killed by: signatures_list_every_method
// says: `$answer`
// region: signatures
                &[
                    $(
                        $crate::Signature {
                            name: stringify!($method),
                            arguments: &[$((stringify!($argument), stringify!($type))),*],
                            returns: stringify!(Result<$answer, $error>),
                        }
                    ),*
                ]
