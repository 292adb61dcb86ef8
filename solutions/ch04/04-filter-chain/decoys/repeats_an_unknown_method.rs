// mistake: tries again every status that comes as an error and never ran
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: will be wrong with it in a moment
// region: worth_another
    if outcome(result) != Some(Outcome::NeverRan) {
        return false;
    }
    let status = match result {
        Ok(reply) => reply.status,
        Err(CallError::GoneAway { status, .. }) => *status,
        Err(CallError::NotAFrame(_) | CallError::Refused { .. }) => return false,
        Err(_) => return true,
    };
    [Status::BUSY, Status::SHUTTING_DOWN, Status::IDLE].contains(&status)
