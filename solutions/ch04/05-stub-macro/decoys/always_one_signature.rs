// mistake: lists a method where there is none
// killed by: a_service_without_methods_has_no_signatures
// says: says what there is to call
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
                if ALL.is_empty() {
                    return &[$crate::Signature { name: "", arguments: &[], returns: "" }];
                }
                ALL
