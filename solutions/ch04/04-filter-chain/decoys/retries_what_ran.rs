// mistake: tries again what ran and failed
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: It will say so again
// region: worth_another
    match (outcome(result), result) {
        (None | Some(Outcome::MayHaveRun), _) => false,
        (Some(Outcome::RanAndFailed), _) => true,
        (_, Ok(reply)) => reply.status == Status::BUSY || reply.status == Status::SHUTTING_DOWN,
        (_, Err(error)) => !matches!(error, CallError::NotAFrame(_)),
    }
