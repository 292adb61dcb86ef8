// mistake: lists the methods by the alphabet
// killed by: signatures_list_every_method
// says: in the order of the description
// region: signatures
                let mut all: Vec<$crate::Signature> = vec![
                    $(
                        $crate::Signature {
                            name: stringify!($method),
                            arguments: &[$((stringify!($argument), stringify!($type))),*],
                            returns: stringify!($answer),
                        }
                    ),*
                ];
                all.sort_by_key(|signature| signature.name);
                all.leak()
