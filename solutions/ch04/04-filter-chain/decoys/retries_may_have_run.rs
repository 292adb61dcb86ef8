// mistake: tries again what may have run
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: Nobody knows whether it ran
// region: worth_another
    if !matches!(outcome(result), Some(Outcome::NeverRan | Outcome::MayHaveRun)) {
        return false;
    }
    let status = match result {
        Ok(reply) => reply.status,
        Err(CallError::Remote { status, .. } | CallError::GoneAway { status, .. }) => *status,
        Err(CallError::NotAFrame(_) | CallError::Refused { .. }) => return false,
        Err(_) => return true,
    };
    [Status::BUSY, Status::SHUTTING_DOWN, Status::IDLE, Status::INTERNAL].contains(&status)
