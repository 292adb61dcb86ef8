// mistake: tries again to send what is too long
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: It will be no shorter in a moment
// region: worth_another
    if outcome(result) != Some(Outcome::NeverRan) {
        return false;
    }
    match result {
        Ok(reply) => reply.status == Status::BUSY || reply.status == Status::SHUTTING_DOWN,
        Err(_) => true,
    }
