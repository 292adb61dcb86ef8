// mistake: tries again every reply of the one hundreds
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: will be wrong with it in a moment
// region: worth_another
    if outcome(result) != Some(Outcome::NeverRan) {
        return false;
    }
    match result {
        Ok(reply) => true,
        Err(error) => !matches!(error, CallError::NotAFrame(_)),
    }
