// mistake: makes a new slice for each question
// killed by: signatures_are_made_once
// says: never gives one back
// region: signatures
                ::std::vec![
                    $(
                        $crate::Signature {
                            name: stringify!($method),
                            arguments: &[$((stringify!($argument), stringify!($type))),*],
                            returns: stringify!($answer),
                        }
                    ),*
                ].leak()
