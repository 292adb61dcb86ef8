// mistake: tries again what may have run
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: Nobody knows whether it ran
// region: worth_another
    if !matches!(outcome(result), Some(Outcome::NeverRan | Outcome::MayHaveRun)) {
        return false;
    }
    match result {
        Ok(reply) if reply.status == Status::INTERNAL => true,
        Ok(reply) => reply.status == Status::BUSY || reply.status == Status::SHUTTING_DOWN,
        Err(error) => !matches!(error, CallError::NotAFrame(_)),
    }
