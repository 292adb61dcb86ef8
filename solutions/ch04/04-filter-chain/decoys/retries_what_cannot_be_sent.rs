// mistake: tries again to send what is too long
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: It will be no shorter in a moment
// region: worth_another
    if outcome(result) != Some(Outcome::NeverRan) {
        return false;
    }
    let status = match result {
        Ok(reply) => reply.status,
        Err(CallError::Remote { status, .. } | CallError::GoneAway { status, .. }) => *status,
        Err(error) => return !matches!(error, CallError::Refused { .. }),
    };
    matches!(status, Status::BUSY | Status::SHUTTING_DOWN | Status::IDLE)
