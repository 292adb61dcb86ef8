// mistake: tries again whatever never ran, also a method that does not exist
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: will be wrong with it in a moment
// region: worth_another
    outcome(result) == Some(Outcome::NeverRan)
