// mistake: tries again what ran and failed
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: It will say so again
// region: worth_another
    if matches!(outcome(result), None | Some(Outcome::MayHaveRun)) {
        return false;
    }
    match result {
        Ok(_) if true => true,
        Ok(reply) => reply.status == Status::BUSY || reply.status == Status::SHUTTING_DOWN,
        Err(error) => !matches!(error, CallError::NotAFrame(_)),
    }
