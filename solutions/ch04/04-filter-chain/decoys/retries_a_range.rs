// mistake: tries again all from 103 to 105
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: will be wrong with it in a moment
// region: worth_another
    if outcome(result) != Some(Outcome::NeverRan) {
        return false;
    }
    let status = match result {
        Ok(reply) => reply.status,
        Err(CallError::Remote { status, .. } | CallError::GoneAway { status, .. }) => *status,
        Err(CallError::NotAFrame(_) | CallError::Refused { .. }) => return false,
        Err(_) => return true,
    };
    [Status::BUSY, Status::UNKNOWN_EXTENSION, Status::SHUTTING_DOWN, Status::IDLE].contains(&status)
