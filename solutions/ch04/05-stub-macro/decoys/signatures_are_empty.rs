// mistake: lists nothing
// killed by: signatures_list_every_method
// says: One for each method
// region: signatures
                &[]
