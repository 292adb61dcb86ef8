// mistake: leaks a box for each question
// killed by: signatures_are_made_once
// says: never gives one back
// region: signatures
                ::std::boxed::Box::leak(::std::boxed::Box::new([
                    $(
                        $crate::Signature {
                            name: stringify!($method),
                            arguments: &[$((stringify!($argument), stringify!($type))),*],
                            returns: stringify!($answer),
                        }
                    ),*
                ]))
