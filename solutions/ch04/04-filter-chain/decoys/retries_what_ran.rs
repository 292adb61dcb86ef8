// mistake: tries again what ran and failed
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: It will say so again
// region: worth_another
    if matches!(outcome(result), None | Some(Outcome::MayHaveRun)) {
        return false;
    }
    let status = match result {
        Ok(reply) => return true,
        Err(CallError::Remote { status, .. } | CallError::GoneAway { status, .. }) => *status,
        Err(CallError::NotAFrame(_) | CallError::Refused { .. }) => return false,
        Err(_) => return true,
    };
    [Status::BUSY, Status::SHUTTING_DOWN, Status::IDLE].contains(&status)
