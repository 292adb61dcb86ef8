// mistake: does not try again
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: is tried again
// region: retry
        next.invoke(invocation)
