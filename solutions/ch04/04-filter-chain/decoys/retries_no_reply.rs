// mistake: tries again when no reply came
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: Nobody knows whether it ran
// region: worth_another
    match result {
        Ok(reply) => reply.status == Status::BUSY || reply.status == Status::SHUTTING_DOWN,
        Err(error) => !matches!(error, CallError::NotAFrame(_)),
    }
