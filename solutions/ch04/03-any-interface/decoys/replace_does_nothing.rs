// mistake: gives the new target back
// killed by: calls_go_to_the_target_of_the_moment
// says: the one that stood there before is given back
// region: replace
        target
