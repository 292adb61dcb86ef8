// mistake: looks at the status of a reply only
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: will be wrong with it in a moment
// region: worth_another
    if outcome(result) != Some(Outcome::NeverRan) {
        return false;
    }
    let status = match result {
        Ok(reply) => reply.status,
        Err(error) => return !matches!(error, CallError::NotAFrame(_) | CallError::Refused { .. }),
    };
    matches!(status, Status::BUSY | Status::SHUTTING_DOWN | Status::IDLE)
