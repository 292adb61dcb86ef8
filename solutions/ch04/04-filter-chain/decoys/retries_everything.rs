// mistake: tries again whatever did not go well
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: two orders are one too many
// region: worth_another
    outcome(result).is_some()
