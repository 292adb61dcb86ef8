// mistake: does not ask whether it may have run, and tries again when no reply came
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: Nobody knows whether it ran
// region: worth_another
    let status = match result {
        Ok(reply) => reply.status,
        Err(CallError::Remote { status, .. } | CallError::GoneAway { status, .. }) => *status,
        Err(error) => return !matches!(error, CallError::NotAFrame(_) | CallError::Refused { .. }),
    };
    matches!(status, Status::BUSY | Status::SHUTTING_DOWN | Status::IDLE)
