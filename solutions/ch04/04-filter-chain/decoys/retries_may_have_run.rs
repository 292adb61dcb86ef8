// mistake: tries again what may have run
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: Nobody knows whether it ran
// region: worth_another
    match (outcome(result), result) {
        (None | Some(Outcome::RanAndFailed), _) => false,
        (Some(Outcome::MayHaveRun), _) => true,
        (_, Ok(reply)) => reply.status == Status::BUSY || reply.status == Status::SHUTTING_DOWN,
        (_, Err(error)) => !matches!(error, CallError::NotAFrame(_)),
    }
