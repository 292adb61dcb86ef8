// mistake: tries again when the server is busy, and not when it is leaving
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: it is tried again
// region: worth_another
    if outcome(result) != Some(Outcome::NeverRan) {
        return false;
    }
    let status = match result {
        Ok(reply) => reply.status,
        Err(CallError::Remote { status, .. } | CallError::GoneAway { status, .. }) => *status,
        Err(error) => return !matches!(error, CallError::NotAFrame(_) | CallError::Refused { .. }),
    };
    matches!(status, Status::BUSY)
