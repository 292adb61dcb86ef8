// mistake: tries again what somebody on this side does not let pass
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: He will say so again
// region: worth_another
    if outcome(result) != Some(Outcome::NeverRan) {
        return false;
    }
    let status = match result {
        Ok(reply) => reply.status,
        Err(CallError::Remote { status, .. } | CallError::GoneAway { status, .. }) => *status,
        Err(CallError::NotAFrame(_)) => return false,
        Err(_) => return true,
    };
    [Status::BUSY, Status::SHUTTING_DOWN, Status::IDLE].contains(&status)
