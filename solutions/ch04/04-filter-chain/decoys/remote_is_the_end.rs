// mistake: takes every status that comes as an error for the last word
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: a moment later it may be
// region: worth_another
    if outcome(result) != Some(Outcome::NeverRan) {
        return false;
    }
    let status = match result {
        Ok(reply) => reply.status,
        Err(CallError::GoneAway { status, .. }) => *status,
        Err(CallError::NotAFrame(_) | CallError::Refused { .. } | CallError::Remote { .. }) => return false,
        Err(_) => return true,
    };
    [Status::BUSY, Status::SHUTTING_DOWN, Status::IDLE].contains(&status)
